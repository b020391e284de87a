import type { DescribedDelivery } from '../../shared/operations/quarantine/describe-delivery.ts';
import { bold, dim, printable } from '../terminal.ts';

/** Formats a delivery of the history for people: its decision, what the current reader says, and its body. */
export function formatDelivery({ row, isOpen, cause, meaning, now, body }: DescribedDelivery): string[] {
  const { delivery, subject, decision, reason, resolution } = row;
  const { deliveryId, provider, receivedAt, sourceIp, signature, reference, softwareVersion } = delivery;
  return [
    '',
    `${bold(`delivery ${deliveryId}`)}  ${provider}  ${receivedAt}`,
    `  ${decision}${reason === null ? '' : ` (${cause ?? reason})`}. ${meaning}`,
    dim(
      `  from ${sourceIp}, signature ${signature}, reference ${printable(reference ?? 'none')}, read by ${softwareVersion}`,
    ),
    subject.startsWith('quarantine:') ? '  It names no case.' : `  It names the case ${subject}.`,
    ...(isOpen ? ['  It is in the open quarantine.'] : []),
    ...(resolution === null
      ? []
      : [
          `  ${resolution.how} ${resolution.result} by ${resolution.by} at ${resolution.at}: ${resolution.reason}`,
        ]),
    `  ${explainNow(now)}`,
    '',
    // As JSON, so that control characters in the body cannot change the terminal.
    ...(body === null ? [] : [JSON.stringify(body, null, 2), '']),
  ];
}

function explainNow(now: string): string {
  if (now === 'understood') return 'The current reader understands it: "idv replay" publishes it.';
  if (now === 'body-gone') return 'Its raw body no longer exists.';
  return `The current reader does not understand it: ${now}.`;
}
