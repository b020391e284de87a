import type { Command } from 'commander';
import { recordOperation } from '../../../shared/operations/audit/audit.ts';
import { chooseCases } from '../../../shared/operations/case/choose-cases.ts';
import { type CaseExplanation, explainCase } from '../../../shared/operations/case/explain-case.ts';
import { maskEventData } from '../../../shared/operations/case/mask-event.ts';
import type { CommandTools, RevealOptions, SharedOptions } from '../command-tools.ts';
import { formatExplanation } from '../format-explanation.ts';
import { addExamples, addRevealOption, addSharedOptions } from '../shared-options.ts';

interface ExplainOptions extends SharedOptions, RevealOptions {
  readonly reference?: string;
  readonly delivery?: string;
}

/** Adds `idv explain`: what happened to a case, why its state is what it is, and what would change it. */
export function addExplainCommand(idv: Command, { terminal, run }: CommandTools): void {
  const command = idv
    .command('explain')
    .description('explain a case: its timeline, why its state is what it is, and what would change it')
    .argument('[verification]', 'the id of the case, such as idnow:demo:txn-1')
    .option('--reference <reference>', "the caller's own id of the case")
    .option('--delivery <id>', 'the id of a delivery; reads the whole history')
    .action((verificationId: string | undefined) =>
      run<ExplainOptions>(command, async (stack, { reference, delivery, reveal }) => {
        const named = { verificationId, reference, delivery };
        const records = await chooseCases(stack, named, (rows) => terminal.complain(`… ${rows} rows read`));
        if (reveal !== undefined) {
          for (const each of records)
            await recordOperation(stack, {
              action: 'reveal',
              verificationId: each.verificationId,
              reason: reveal,
              result: 'shown by idv explain',
            });
        }
        const shown = records
          .map(explainCase)
          .map((each) => (reveal === undefined ? maskEvents(each) : each));
        return { json: shown, lines: shown.flatMap(formatExplanation) };
      }),
    );
  addExamples(addRevealOption(addSharedOptions(command)), [
    ['idv explain idnow:demo:txn-1', 'one case'],
    ['idv explain --reference order-4711', "the cases of the caller's id"],
    ['idv explain --delivery 6f1c7d1e-… --stage live', 'the case of a delivery, in a deployed stage'],
    ['idv explain idnow:demo:txn-1 --json --reveal "ticket 4711"', 'with personal data, for a program'],
  ]);
}

/** Masks the personal data in the events and the bodies of an explanation. */
function maskEvents(explanation: CaseExplanation): CaseExplanation {
  return {
    ...explanation,
    timeline: explanation.timeline.map((entry) => ({
      ...entry,
      delivery: entry.delivery && { ...entry.delivery, body: { kind: 'text', text: '•••' } },
      event: entry.event && {
        ...entry.event,
        data: maskEventData(entry.event.data),
      },
    })),
  };
}
