import type { ReconciledCase } from '../../shared/reconciling/compare-case.ts';
import type { Terminal } from './run-command.ts';

/** The number of cases after which a reconciliation prints its progress to standard error. */
const progressEvery = 500;

/** What a reconciliation found. */
export interface ReconciliationResult {
  /** The cases that differ, and those that could not be compared. */
  readonly found: readonly ReconciledCase[];
  /** The summary, and how many cases could not be compared. */
  readonly lines: readonly string[];
  readonly unclear: number;
}

/** Prints each case that differs while a reconciliation runs. @param isDryRun true if nothing is applied */
export async function printReconciledCases(
  cases: AsyncIterable<ReconciledCase>,
  isDryRun: boolean,
  terminal: Terminal,
): Promise<ReconciliationResult> {
  const counts = { same: 0, different: 0, unclear: 0 };
  const found: ReconciledCase[] = [];
  for await (const each of cases) {
    counts[each.kind] += 1;
    if (each.kind !== 'same') found.push(each);
    printCase(each, isDryRun, terminal);
    const done = counts.same + counts.different + counts.unclear;
    if (done % progressEvery === 0) terminal.complain(`… ${done} cases compared`);
  }
  const { different, unclear } = counts;
  return {
    found,
    unclear,
    lines: [
      `${counts.same + different} cases compared, ${different} differ${isDryRun ? '; nothing was applied' : ''}`,
      ...(unclear > 0 ? [`${unclear} cases could not be compared`] : []),
    ],
  };
}

function printCase(reconciled: ReconciledCase, isDryRun: boolean, { print, complain }: Terminal): void {
  switch (reconciled.kind) {
    case 'same':
      return;
    case 'unclear':
      complain(`${reconciled.verificationId ?? 'a list'}  ${reconciled.why}`);
      return;
    case 'different': {
      const { verificationId, known, found, meaning } = reconciled.difference;
      const change = `${known ?? 'unknown'} → ${found === '' ? meaning : `${found} (${meaning})`}`;
      const effect =
        reconciled.sequence === null
          ? 'another writer was faster'
          : `recorded as event ${reconciled.sequence}`;
      print(`${verificationId}  ${change}  ${isDryRun ? 'would be recorded' : effect}`);
    }
  }
}
