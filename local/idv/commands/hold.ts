import type { Command } from 'commander';
import { chooseCase } from '../../../shared/operations/case/choose-cases.ts';
import {
  assertCanChange,
  type CaseHold,
  changeHold,
  planHold,
} from '../../../shared/operations/hold/hold-case.ts';
import type { CommandTools, SharedOptions, WriteOptions } from '../command-tools.ts';
import { addExamples, addSharedOptions, addWriteOptions } from '../shared-options.ts';

/** Adds `idv hold`: a legal hold protects a case against the end of its retention and against erasure. */
export function addHoldCommand(idv: Command, tools: CommandTools): void {
  const command = idv
    .command('hold')
    .description('hold a case: it does not expire, and nobody can erase it, until it is released');
  addHoldAction(command, 'hold', tools);
  addExamples(command, [
    ['idv hold idnow:demo:txn-1 --reason "court order 4 O 17/26"', 'what would be held'],
    [
      'idv hold idnow:demo:txn-1 --reason "court order 4 O 17/26" --yes',
      'hold it; repeat it to cover new objects',
    ],
  ]);
}

/** Adds `idv release`: ends a legal hold. */
export function addReleaseCommand(idv: Command, tools: CommandTools): void {
  const command = idv
    .command('release')
    .description('release a held case: it expires again, after the retention of the stage');
  addHoldAction(command, 'release', tools);
  addExamples(command, [
    ['idv release idnow:demo:txn-1 --reason "order 4 O 17/26 lifted"', 'when the case would expire'],
    ['idv release idnow:demo:txn-1 --reason "order 4 O 17/26 lifted" --yes', 'release it'],
  ]);
}

function addHoldAction(
  command: Command,
  action: 'hold' | 'release',
  { terminal, pauseFactor, stopSignal, run }: CommandTools,
): void {
  command
    .argument('<verification>', 'the id of the case, such as idnow:demo:txn-1')
    .action((verificationId: string) =>
      run<SharedOptions & WriteOptions>(command, async (stack, { yes, reason }) => {
        const record = await chooseCase(stack, verificationId);
        const { provider } = assertCanChange(record);
        const owner = { provider, verificationId };
        const onProgress = (line: string) => terminal.complain(line);
        const hold = yes
          ? await changeHold(stack, action, owner, reason, { onProgress, pauseFactor, signal: stopSignal() })
          : await planHold(stack, action, record);
        return { json: hold, lines: formatHold(hold, yes) };
      }),
    );
  addWriteOptions(addSharedOptions(command));
}

function formatHold(hold: CaseHold, isDone: boolean): string[] {
  const { verificationId, heldSince, expiresAt, historyRows, objects } = hold;
  const state =
    heldSince === null
      ? `${verificationId} is not held. It is deleted after ${expiresAt?.slice(0, 10)}.`
      : `${verificationId} is held since ${heldSince}. It does not expire.`;
  const locked =
    objects === null
      ? []
      : [
          `Object versions with a changed legal hold: ${objects.versions}.`,
          ...(objects.revealed === 0 ? [] : [`Objects that are visible again: ${objects.revealed}.`]),
        ];
  return [
    isDone ? state : `After the command: ${state}`,
    `Rows of the history: ${historyRows}.`,
    ...locked,
    ...formatHiding(hold),
    ...(isDone ? [] : ['Nothing was written. Add --yes to do it.']),
  ];
}

/** S3's backstop rules cannot exclude a held case. */
function formatHiding({ hiddenFrom, hasObjectLock }: CaseHold): string[] {
  if (hiddenFrom === null) return [];
  const day = hiddenFrom.slice(0, 10);
  return hasObjectLock
    ? [
        'Run the command again after new evidence was stored, so that its objects get a legal hold, too.',
        `From ${day} on, S3 hides objects of the case. Their versions stay, and the command shows them again.`,
      ]
    : [
        'The bucket has no Object Lock, so the objects get no legal hold: only the hold of the row protects them.',
        `From ${day} on, S3 deletes objects of the case. Copy them before.`,
      ];
}
