import type { Command } from 'commander';
import { runAudited } from '../../../shared/operations/audit/run-audited.ts';
import { reconcileProvider } from '../../../shared/operations/reconcile/reconcile-provider.ts';
import { operatedProviders } from '../../../shared/operations/stack/provider-evidence.ts';
import { parseSince } from '../../operations/parse-since.ts';
import { printReconciledCases, type ReconciliationResult } from '../../operations/print-reconciled.ts';
import type { CommandTools, SharedOptions, WriteOptions } from '../command-tools.ts';
import { addExamples, addSharedOptions, addWriteOptions } from '../shared-options.ts';

interface ReconcileOptions extends SharedOptions, WriteOptions {
  readonly provider: string;
  readonly since: string;
}

/** Adds `idv reconcile`: compares the cases at a provider with ours, and applies what differs. */
export function addReconcileCommand(
  idv: Command,
  { terminal, run, pauseFactor, stopSignal }: CommandTools,
): void {
  const command = idv
    .command('reconcile')
    .description('compare the cases at a provider with those of the stack, and apply what differs')
    .requiredOption('--provider <name>', operatedProviders.join(', '))
    .requiredOption(
      '--since <time>',
      'compare open cases, and idents with an identificationtime since then: 90m, 24h, 30d',
    )
    .action(() =>
      run<ReconcileOptions>(command, async (stack, { provider, since, yes, reason, json }) => {
        const cases = reconcileProvider(stack, {
          provider,
          since: parseSince(since, new Date()),
          apply: yes,
          pauseFactor,
          ...(yes ? { signal: stopSignal() } : {}),
        });
        const quiet = { print: () => undefined, complain: terminal.complain };
        const compare = () => printReconciledCases(cases, !yes, json ? quiet : terminal);
        const audited = {
          action: 'reconcile',
          verificationId: null,
          reason,
          describe: ({ lines }: ReconciliationResult) => `${provider} since ${since}: ${lines.join('; ')}`,
        };
        const { found, lines, unclear } = await (yes ? runAudited(stack, audited, compare) : compare());
        return { json: found, lines, exitCode: unclear > 0 ? 1 : 0 };
      }),
    );
  addExamples(addWriteOptions(addSharedOptions(command)), [
    ['idv reconcile --provider idnow --since 24h --reason "webhooks were lost"', 'what differs'],
    ['idv reconcile --provider idnow --since 24h --reason "webhooks were lost" --yes', 'apply it'],
  ]);
}
