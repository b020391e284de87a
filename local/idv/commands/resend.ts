import { type Command, InvalidArgumentError } from 'commander';
import { chooseCase } from '../../../shared/operations/case/choose-cases.ts';
import { chooseEvents, resendEvents } from '../../../shared/operations/resend/resend-events.ts';
import type { CommandTools, SharedOptions, WriteOptions } from '../command-tools.ts';
import { formatTable } from '../format-table.ts';
import { formatTime } from '../format-time.ts';
import { addExamples, addSharedOptions, addWriteOptions } from '../shared-options.ts';

interface ResendOptions extends SharedOptions, WriteOptions {
  readonly from: number;
  readonly generation?: string;
}

const details = `
The events come from the history, as they were published: with the same id, generation and sequence, in order.
A consumer that keeps the last sequence ignores the events that it has seen, so sending too many is harmless. A consumer
that must process them again has to forget their sequences first.
Exit code 1: the history does not have all events that were asked for.`;

/** Adds `idv resend`: sends published events of a case again. */
export function addResendCommand(idv: Command, { run, stopSignal }: CommandTools): void {
  const command = idv
    .command('resend')
    .description('send published events of a case again, with the same id and sequence')
    .argument('<verification>', 'the id of the case, such as idnow:demo:txn-1')
    .option('--from <sequence>', 'the first sequence', parsePositive, 1)
    .option('--generation <generation>', 'such as 20261122T101000Z (default: the latest)')
    .action((verificationId: string) =>
      run<ResendOptions>(command, async (stack, { from, generation, yes, reason }) => {
        const chosen = chooseEvents(await chooseCase(stack, verificationId), { from, generation });
        const sent = yes ? await resendEvents(stack, chosen, reason, stopSignal()) : null;
        const rows = chosen.events.map(({ event }) => [
          `#${event.sequence}`,
          event.type,
          formatTime(event.time),
        ]);
        const summary =
          sent === null
            ? `${rows.length} events would be sent again. Nothing was done: add --yes.`
            : `${sent} events sent again.`;
        const gaps = chosen.missing.length === 0 ? [] : [`Not in the history: ${chosen.missing.join(', ')}.`];
        return {
          json: { ...chosen, events: chosen.events.map(({ event }) => event.id), sent },
          lines: [...formatTable(['', 'type', 'time'], rows), ...gaps, summary],
          exitCode: chosen.missing.length === 0 ? 0 : 1,
        };
      }),
    );
  command.addHelpText('after', details);
  addExamples(addWriteOptions(addSharedOptions(command)), [
    ['idv resend idnow:demo:txn-1 --reason "the consumer lost its table"', 'say what would be sent'],
    [
      'idv resend idnow:demo:txn-1 --from 3 --reason "the consumer lost its table" --yes',
      'send event 3 and later',
    ],
  ]);
}

function parsePositive(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is not a number such as 3.');
}
