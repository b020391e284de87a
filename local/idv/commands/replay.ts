import type { Command } from 'commander';
import { createReaders, type ReaderOf } from '../../../shared/operations/reading/reader-of.ts';
import { formatCounts, type ReplayResult, replay } from '../../../shared/operations/replay/replay.ts';
import type { ReplayedCase, ReplayedDelivery } from '../../../shared/operations/replay/replay-deliveries.ts';
import { selectByCause, selectDelivery } from '../../../shared/operations/replay/select-deliveries.ts';
import type { OperatedStack } from '../../../shared/operations/stack/operated-stack.ts';
import { findProvider } from '../../../shared/operations/stack/provider-list.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import { parseSince } from '../../operations/parse-since.ts';
import type { CommandResult, CommandTools, SharedOptions, WriteOptions } from '../command-tools.ts';
import { formatTable } from '../format-table.ts';
import { formatTime } from '../format-time.ts';
import { addExamples, addSharedOptions, addWriteOptions } from '../shared-options.ts';
import { readIdvVersion } from '../software-version.ts';

interface ReplayCommandOptions extends SharedOptions, WriteOptions {
  readonly cause?: string;
  readonly provider?: string;
  readonly since?: string;
}

const details = `
A replay reads the stored body with the readers of this version, and decides as for a webhook. It cannot take anything
back: what was accepted is a duplicate now, and what is older than the state of its case is stale.
A body with several cases has one delivery per case: D, D.2, D.3.
--cause takes a cause of the quarantine (unknown-status, unknown-status:WORD), or with --since the reason of dropped
deliveries (after-final, out-of-order). It is not --reason, which says why you replay.
Exit code 1: something is still not understood.`;

/** Adds `idv replay`: reads deliveries of the history again, with the current readers and rules. */
export function addReplayCommand(idv: Command, { terminal, run, stopSignal }: CommandTools): void {
  const command = idv
    .command('replay')
    .description('read deliveries of the history again, with the current readers and rules')
    .argument('[delivery]', 'the id of a delivery')
    .option('--cause <cause>', 'all deliveries with this cause')
    .option('--provider <name>', 'with --cause: only those of this provider')
    .option('--since <time>', 'with --cause: only those that arrived since then: 90m, 24h, 30d')
    .action((deliveryId: string | undefined) =>
      run<ReplayCommandOptions>(command, async (stack, options) => {
        const { yes, reason } = options;
        const readerOf = createReaders(stack);
        const deliveries = await select(stack, deliveryId, readerOf, options, (rows) =>
          terminal.complain(`… ${rows} rows read`),
        );
        const result = await replay(stack, {
          deliveries,
          readerOf,
          apply: yes,
          reason,
          softwareVersion: readIdvVersion(),
          signal: stopSignal(),
          onProgress: (count) => terminal.complain(`… ${count} cases replayed`),
        });
        return formatReplay(result, yes);
      }),
    );
  command.addHelpText('after', details);
  addExamples(addWriteOptions(addSharedOptions(command)), [
    ['idv replay 6f1c7d1e-… --reason "version 1.4 knows the status"', 'say what it would do'],
    ['idv replay 6f1c7d1e-… --reason "version 1.4 knows the status" --yes', 'do it'],
    [
      'idv replay --cause unknown-status:SUCCESS_MANUAL --since 30d --reason "ticket 4711" --yes',
      'all of a cause',
    ],
  ]);
}

function select(
  stack: OperatedStack,
  deliveryId: string | undefined,
  readerOf: ReaderOf,
  { cause, provider, since }: ReplayCommandOptions,
  onProgress: (rows: number) => void,
): Promise<ReplayedDelivery[]> {
  if (deliveryId !== undefined && cause === undefined)
    return selectDelivery(stack, deliveryId, onProgress).then((delivery) => [delivery]);
  if (deliveryId !== undefined || cause === undefined)
    throw new ConfigurationError('Give one of: the id of a delivery, or --cause');
  if (provider !== undefined) findProvider(provider);
  const from = since === undefined ? null : parseSince(since, new Date());
  return selectByCause(stack, readerOf, { cause, provider, since: from }, onProgress);
}

function formatReplay(result: ReplayResult, applied: boolean): CommandResult {
  const { cases, counts } = result;
  const summary = formatCounts(counts, cases);
  const isUnclear = counts.quarantined + counts['body-gone'] > 0;
  const rows = cases.map((each) => [
    `${each.deliveryId}\n${each.verificationId ?? 'no case'}`,
    formatTime(each.receivedAt),
    `${formatResult(each)}\n${formatChange(each)}`,
  ]);
  return {
    json: { applied, ...result },
    lines: [
      ...formatTable(['delivery and case', 'received', applied ? 'result and state' : 'would be'], rows),
      applied ? `${summary}.` : `${summary}. Nothing was done: add --yes.`,
    ],
    exitCode: isUnclear ? 1 : 0,
  };
}

function formatResult({ result, reason, sequence }: ReplayedCase): string {
  if (sequence !== null) return `${result} → event ${sequence}`;
  const shown = result === 'quarantined' ? 'still not understood' : result;
  return reason === null ? shown : `${shown} (${reason})`;
}

const formatChange = ({ before, after }: ReplayedCase) =>
  before === after ? (after ?? '') : `${before ?? 'no state'} → ${after ?? 'no state'}`;
