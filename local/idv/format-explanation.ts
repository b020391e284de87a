import type { CaseExplanation, TimelineEntry } from '../../shared/operations/case/explain-case.ts';
import { bold, dim, printable } from '../terminal.ts';

/** Formats the explanation of a case: its timeline, then why and what next. */
export function formatExplanation({
  verificationId,
  reference,
  state,
  timeline,
  conclusion,
}: CaseExplanation): string[] {
  return [
    '',
    `${bold(verificationId)}  ${state ?? 'no state'}${reference === null ? '' : dim(`  reference ${printable(reference)}`)}`,
    '',
    ...timeline.flatMap(formatEntry),
    bold('Why'),
    ...conclusion.why.map((sentence) => `  ${printable(sentence)}`),
    bold('What would change it'),
    ...conclusion.whatNext.map((sentence) => `  ${sentence}`),
    '',
  ];
}

function formatEntry({ at, decision, reason, meaning, delivery, event, state }: TimelineEntry): string[] {
  const sequence = event === null ? '' : `#${event.data.sequence}`;
  const what = event === null ? `${decision}${reason === null ? '' : ` (${reason})`}` : shortType(event.type);
  return [
    `${dim(at.replace('T', ' '))}  ${sequence.padStart(4)}  ${bold(what)}  ${state ?? ''}`,
    `  ${meaning}`,
    ...(delivery === null
      ? [dim('  caused by a job, not by a delivery')]
      : [
          dim(
            `  delivery ${delivery.deliveryId} from ${delivery.sourceIp}, signature ${delivery.signature}, read by ${delivery.softwareVersion}`,
          ),
        ]),
    '',
  ];
}

/** @example 'verification.decided' */
const shortType = (type: string) => type.replace(/^idv\.|\.v1$/g, '');
