import { type Command, InvalidArgumentError } from 'commander';
import { type RedriveCounts, redrive } from '../../../shared/operations/redrive/redrive.ts';
import type { CommandTools, SharedOptions, WriteOptions } from '../command-tools.ts';
import { formatTable } from '../format-table.ts';
import { addExamples, addSharedOptions, addWriteOptions } from '../shared-options.ts';

interface RedriveOptions extends SharedOptions, WriteOptions {
  readonly cause?: string;
  readonly provider?: string;
  readonly max: number;
}

const details = {
  events: `
Moves the dead letters of the events queue in order, and before them the events that the relay has parked.
Causes: unprocessed (no consumer has processed the event), or the code with which SQS refused a parked event.
If a consumer acts on each change, repeat the command until the dead-letter queue stays empty.`,
  evidence: `
Moves the jobs in the dead-letter queues of the providers, and the jobs that the relay has parked.
Causes: the reason of the dead letter, such as gone or unauthorized; no-reason if each try ended its function; or the code
with which SQS refused a parked job. While the jobs are counted, nobody else receives them.`,
};

/** Adds `idv redrive evidence` and `idv redrive events`: sends dead letters and parked messages to their queues again. */
export function addRedriveCommand(idv: Command, tools: CommandTools): void {
  const group = idv
    .command('redrive')
    .description('send dead letters and parked messages to their queues again');
  const evidence = addKind(group, tools, 'evidence', 'send evidence jobs that were given up or parked again');
  evidence.option('--provider <name>', 'only the dead letters of this provider');
  addExamples(evidence, [
    ['idv redrive evidence --reason "the account is back"', 'count them by cause'],
    ['idv redrive evidence --cause no_account --reason "the account is back" --yes', 'move one cause'],
    ['idv redrive evidence --cause unexpected --max 1 --reason "try one" --yes', 'move one job'],
  ]);
  const events = addKind(
    group,
    tools,
    'events',
    'send events that no consumer processed, or that are parked, again',
  );
  addExamples(events, [
    ['idv redrive events --reason "the consumer is repaired"', 'count them by cause'],
    [
      'idv redrive events --reason "the consumer is repaired" --stage live --yes',
      'move them, in a deployed stage',
    ],
  ]);
}

function addKind(
  group: Command,
  { terminal, run, stopSignal }: CommandTools,
  kind: 'evidence' | 'events',
  description: string,
): Command {
  const command: Command = group
    .command(kind)
    .description(description)
    .option('--cause <cause>', 'only messages with this cause')
    .option('--max <count>', 'at most this number of messages', parsePositive, Number.POSITIVE_INFINITY)
    .action(() =>
      run<RedriveOptions>(command, async (stack, { cause, provider, max, yes, reason, json }) => {
        const { moved, ...found } = await redrive(stack, {
          kind,
          cause,
          provider,
          most: max,
          apply: yes,
          reason,
          onCounted(before) {
            // The counts are printed before anything moves.
            if (!json) for (const line of formatCounts(before)) terminal.print(line);
          },
          signal: stopSignal(),
          onProgress: (messages) => terminal.complain(`… ${messages} messages read`),
        });
        const summary =
          found.chosen === 0 && found.found.length > 0
            ? `Nothing that waits has the cause ${cause}. Nothing was moved.`
            : moved === null
              ? `${found.chosen} would be moved. Nothing was moved: add --yes.`
              : `${moved} moved.`;
        return { json: { ...found, moved }, lines: [summary] };
      }),
    );
  command.addHelpText('after', details[kind]);
  return addWriteOptions(addSharedOptions(command));
}

function formatCounts({ found, parkedRecords }: RedriveCounts): string[] {
  const rows = found.map(({ source, cause, count }) => [source, cause, String(count)]);
  const records =
    parkedRecords === 0
      ? []
      : [`${parkedRecords} parked records need the relay: see "Something is parked" in docs/runbook.md.`];
  return [
    ...(rows.length === 0 ? ['Nothing waits.'] : formatTable(['', 'cause', 'count'], rows)),
    ...records,
  ];
}

function parsePositive(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is not a number such as 50.');
}
