import type { Command } from 'commander';
import { recordOperation } from '../../../shared/operations/audit/audit.ts';
import { describeDelivery } from '../../../shared/operations/quarantine/describe-delivery.ts';
import { groupQuarantine } from '../../../shared/operations/quarantine/list-quarantine.ts';
import {
  type OpenDelivery,
  readOpenQuarantine,
} from '../../../shared/operations/quarantine/open-quarantine.ts';
import { resolveQuarantine } from '../../../shared/operations/quarantine/resolve-quarantine.ts';
import { createReaders } from '../../../shared/operations/reading/reader-of.ts';
import { assertCause } from '../../../shared/operations/replay/select-deliveries.ts';
import type { OperatedStack } from '../../../shared/operations/stack/operated-stack.ts';
import { findProvider } from '../../../shared/operations/stack/provider-list.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import { parseSince } from '../../operations/parse-since.ts';
import { dim } from '../../terminal.ts';
import type { CommandTools, RevealOptions, SharedOptions, WriteOptions } from '../command-tools.ts';
import { formatDelivery } from '../format-delivery.ts';
import { formatTable } from '../format-table.ts';
import { formatTime } from '../format-time.ts';
import { addExamples, addRevealOption, addSharedOptions, addWriteOptions } from '../shared-options.ts';

interface FilterOptions {
  readonly cause?: string;
  readonly provider?: string;
  readonly since?: string;
}

/** Adds `idv quarantine list`, `show` and `resolve`: the deliveries that were authentic but not understood. */
export function addQuarantineCommand(idv: Command, tools: CommandTools): void {
  const quarantine = idv
    .command('quarantine')
    .description('the deliveries that are authentic but not understood, and that nobody has dealt with');
  addListCommand(quarantine, tools);
  addShowCommand(quarantine, tools);
  addResolveCommand(quarantine, tools);
}

function addListCommand(quarantine: Command, { terminal, run }: CommandTools): void {
  const command = quarantine
    .command('list')
    .description('count the open quarantine by cause, and how much of it the current readers understand')
    .action(() =>
      run<SharedOptions & FilterOptions>(command, async (stack, options) => {
        const open = readOpenQuarantine(stack, createReaders(stack), filterOf(options), (read) =>
          terminal.complain(`… ${read} deliveries read`),
        );
        const groups = await groupQuarantine(open);
        const rows = groups.map(({ provider, cause, count, understood, oldest, newest, example }) => [
          provider,
          `${cause}\n${dim(example)}`,
          String(count),
          String(understood),
          `${formatTime(oldest)}\n${formatTime(newest)}`,
        ]);
        const headings = ['provider', 'cause and an example', 'count', 'understood now', 'oldest and newest'];
        const isFiltered = [options.cause, options.provider, options.since].some(
          (each) => each !== undefined,
        );
        const nothing = isFiltered
          ? 'The open quarantine has no such delivery.'
          : 'The open quarantine is empty.';
        const lines = rows.length === 0 ? [nothing] : formatTable(headings, rows);
        return { json: groups, lines };
      }),
    );
  addFilterOptions(command);
  addExamples(addSharedOptions(command), [
    ['idv quarantine list', 'what waits, by cause'],
    [
      'idv quarantine list --provider idnow --since 24h --stage live',
      'of one provider and day, in a deployed stage',
    ],
  ]);
}

function addShowCommand(quarantine: Command, { terminal, run }: CommandTools): void {
  const command = quarantine
    .command('show')
    .description('show a delivery: why it is in quarantine, what the current reader says, and its body')
    .argument('<delivery>', 'the id of the delivery')
    .action((deliveryId: string) =>
      run<SharedOptions & RevealOptions>(command, async (stack, { reveal }) => {
        const readerOf = createReaders(stack);
        const reading = { readerOf, reveal: reveal !== undefined };
        const shown = await describeDelivery(stack, deliveryId, reading, (rows) =>
          terminal.complain(`… ${rows} rows read`),
        );
        if (reveal !== undefined) {
          const verificationId = shown.row.subject.startsWith('quarantine:') ? null : shown.row.subject;
          const result = `delivery ${deliveryId} shown by idv quarantine show`;
          await recordOperation(stack, { action: 'reveal', verificationId, reason: reveal, result });
        }
        const { row, ...rest } = shown;
        const { body: _, ...delivery } = row.delivery;
        const { subject, decision, reason, resolution } = row;
        const json = { subject, decision, reason, delivery, resolution, ...rest };
        return { json, lines: formatDelivery(shown) };
      }),
    );
  addExamples(addRevealOption(addSharedOptions(command)), [
    ['idv quarantine show 6f1c7d1e-…', 'its body is masked'],
    ['idv quarantine show 6f1c7d1e-… --reveal "ticket 4711"', 'with personal data'],
  ]);
}

function addResolveCommand(quarantine: Command, { terminal, run }: CommandTools): void {
  const command = quarantine
    .command('resolve')
    .description('remove deliveries from the open quarantine without reading them again')
    .argument('[delivery]', 'the id of a delivery')
    .action((deliveryId: string | undefined) =>
      run<SharedOptions & FilterOptions & WriteOptions>(command, async (stack, options) => {
        const { yes, reason, cause } = options;
        if ((deliveryId === undefined) === (cause === undefined))
          throw new ConfigurationError('Give one of: the id of a delivery, or --cause');
        const onProgress = (read: number) => terminal.complain(`… ${read} deliveries read`);
        const deliveries = await chooseOpen(stack, deliveryId, options, onProgress);
        const resolved = yes ? await resolveQuarantine(stack, { deliveries, reason }) : null;
        const ids = deliveries.map(({ delivery, cause: why }) => [
          delivery.deliveryId,
          formatTime(delivery.receivedAt),
          why,
        ]);
        const summary =
          resolved === null
            ? `${ids.length} would be removed from the open quarantine. Nothing was done: add --yes.`
            : `${resolved} removed from the open quarantine. The history keeps them.`;
        return {
          json: { deliveries: ids.map(([id]) => id), resolved },
          lines: [...formatTable(['delivery', 'received', 'cause'], ids), summary],
        };
      }),
    );
  addFilterOptions(command);
  addExamples(addWriteOptions(addSharedOptions(command)), [
    ['idv quarantine resolve 6f1c7d1e-… --reason "test of the provider"', 'say what would be done'],
    [
      'idv quarantine resolve --cause unknown-status:TEST --reason "test of the provider" --yes',
      'do it, for a cause',
    ],
  ]);
}

async function chooseOpen(
  stack: OperatedStack,
  deliveryId: string | undefined,
  options: FilterOptions,
  onProgress: (read: number) => void,
): Promise<OpenDelivery[]> {
  const all = readOpenQuarantine(stack, createReaders(stack), filterOf(options), onProgress);
  const open = await Array.fromAsync(all);
  const chosen = open.filter(
    ({ delivery }) => deliveryId === undefined || delivery.deliveryId === deliveryId,
  );
  if (chosen.length > 0) return chosen;
  throw new ConfigurationError(
    `The open quarantine of ${stack.stageName} has no delivery ${deliveryId ?? `with the cause ${options.cause}`}. "idv quarantine list" shows it`,
  );
}

function addFilterOptions(command: Command): void {
  command
    .option('--cause <cause>', 'only this cause, such as unknown-status or unknown-status:WORD')
    .option('--provider <name>', 'only this provider')
    .option('--since <time>', 'only what arrived since then: 90m, 24h, 30d');
}

function filterOf({ cause, provider, since }: FilterOptions) {
  if (cause !== undefined && !assertCause(cause))
    throw new ConfigurationError(
      `--cause ${cause} is no cause of quarantine. "idv quarantine list" shows the causes`,
    );
  if (provider !== undefined) findProvider(provider);
  return { cause, provider, since: since === undefined ? undefined : parseSince(since, new Date()) };
}
