import { disconnect } from '../../shared/operations/operated-stack.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { ReconciledCase } from '../../shared/reconciling/compare-case.ts';
import { reconcileCases } from '../../shared/reconciling/reconcile-cases.ts';
import { formatOptions } from '../format-options.ts';
import { parseCommandOptions } from '../parse-options.ts';
import { connectToStack, stackOptions, stackOptionsHelp } from './connect-to-stack.ts';
import { connectToProvider, reconciledProviders } from './reconcile-sources.ts';
import { runOperatorCommand, type Terminal } from './run-command.ts';

const usage = `Usage: npm run reconcile -- --provider NAME --since TIME [options]

Compares the cases at a provider with those of the stack, and applies what differs, as a webhook would. It looks up the
open cases, and for IDnow it also finds cases that the stack never heard of.

${formatOptions([
  ['--provider NAME', reconciledProviders.join(', ')],
  ['--since TIME', 'compares open cases, and idents with an identificationtime since then: 90m, 24h, 30d'],
  ['--dry-run', 'prints the differences, and applies nothing'],
  ...stackOptionsHelp,
  ['--help', 'print this text'],
])}`;

const options = {
  ...stackOptions,
  provider: { type: 'string' },
  since: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** The number of cases after which the command prints its progress to standard error. */
const progressEvery = 500;

/**
 * Runs `npm run reconcile`.
 *
 * @param pauseFactor multiplies the pauses between lookups; tests use less than 1
 * @returns the exit code; 1 if a case could not be compared
 */
export async function runReconcileCommand(
  args: readonly string[],
  terminal: Terminal,
  pauseFactor = 1,
): Promise<number> {
  let unclear = 0;
  const code = await runOperatorCommand(async () => {
    const { help, provider, since, 'dry-run': dryRun, ...given } = parseCommandOptions(args, options, usage);
    if (help) return [usage];
    if (provider === undefined || since === undefined) throw new ConfigurationError(usage);
    const from = parseSince(since, new Date());
    const stack = await connectToStack(given);
    const counts = { same: 0, different: 0, unclear: 0 };
    try {
      const connected = connectToProvider(provider, stack, pauseFactor);
      for await (const each of reconcileCases({ ...connected, since: from, apply: !dryRun })) {
        counts[each.kind] += 1;
        printCase(each, dryRun, terminal);
        const done = counts.same + counts.different + counts.unclear;
        if (done % progressEvery === 0) terminal.complain(`… ${done} cases compared`);
      }
    } finally {
      disconnect(stack);
    }
    unclear = counts.unclear;
    const compared = counts.same + counts.different;
    return [
      `${compared} cases compared, ${counts.different} differ${dryRun ? '; nothing was applied' : ''}`,
      ...(unclear > 0 ? [`${unclear} cases could not be compared`] : []),
    ];
  }, terminal);
  return code === 0 && unclear > 0 ? 1 : code;
}

function printCase(reconciled: ReconciledCase, dryRun: boolean, { print, complain }: Terminal): void {
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
      print(`${verificationId}  ${change}  ${dryRun ? 'would be recorded' : effect}`);
    }
  }
}

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function parseSince(text: string, now: Date): Date {
  const [, count, unit] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  if (unit === undefined) throw new ConfigurationError(`--since ${text}: not a time such as 90m, 24h or 30d`);
  return new Date(now.getTime() - Number(count) * unitMs[unit as keyof typeof unitMs]);
}
