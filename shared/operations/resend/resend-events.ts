import { randomUUID } from 'node:crypto';
import { VerificationEvent } from '../../contract/verification-event.ts';
import { ConfigurationError, IdvError } from '../../platform/errors.ts';
import { escapeForSqs } from '../../platform/escape-for-sqs.ts';
import { buildEventMessage, type EventMessage } from '../../relay/event-message.ts';
import { buildDeduplicationId } from '../../relay/message-ids.ts';
import { createSqsQueueSender } from '../../relay/queue-sender.ts';
import { isErased } from '../../verifications/apply-erasure.ts';
import { runAudited } from '../audit/run-audited.ts';
import type { CaseRecord } from '../case/case-record.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';

/** The events of one generation of a case, as they were published, in the order of their sequence. */
export interface EventsToResend {
  readonly verificationId: string;
  readonly generation: string;
  readonly events: readonly PublishedEvent[];
  /** The sequences that the history does not have. */
  readonly missing: readonly number[];
}

interface PublishedEvent {
  readonly event: VerificationEvent;
  /** The JSON of the event, with all members that an earlier version may have published. */
  readonly json: string;
}

interface EventSelection {
  /** The first sequence. */
  readonly from: number;
  /** Undefined for the latest generation. */
  readonly generation: string | undefined;
}

/**
 * Chooses the events of a case that a resend sends. Of an erased case, only the event of its erasure may be sent: others are
 * left if the erasure was interrupted. This function is pure.
 *
 * @throws ConfigurationError if the history contains none of the chosen events. The message lists its generations
 */
export function chooseEvents(
  { verificationId, verification, history }: CaseRecord,
  { from, generation: wanted }: EventSelection,
): EventsToResend {
  const published = history.flatMap(({ event }) =>
    event === null ? [] : [{ event: VerificationEvent.parse(event), json: JSON.stringify(event) }],
  );
  const generations = [...new Set(published.map(({ event }) => event.data.generation))].sort();
  const generation = wanted ?? generations.at(-1) ?? '';
  const isOfErasedCase = verification !== null && isErased(verification);
  const own = published.filter(
    ({ event }) =>
      event.data.generation === generation &&
      (!isOfErasedCase || event.type === 'idv.verification.erased.v1'),
  );
  const sequenceOf = ({ event }: PublishedEvent) => event.data.sequence;
  const bySequence = new Map(own.map((each) => [sequenceOf(each), each]));
  const events = [...bySequence.values()]
    .filter((each) => sequenceOf(each) >= from)
    .sort((a, b) => sequenceOf(a) - sequenceOf(b));
  if (events.length === 0)
    throw new ConfigurationError(
      `${verificationId} has no event ${from} or later of generation ${generation || '(none)'}. Its generations: ${generations.join(', ') || 'none'}`,
    );
  const isCurrent = verification?.generation === generation;
  const last = Math.max(...bySequence.keys(), isCurrent ? verification.sequence : 0);
  const wantedSequences = Array.from({ length: last - from + 1 }, (_, index) => from + index);
  const missing = isOfErasedCase ? [] : wantedSequences.filter((sequence) => !bySequence.has(sequence));
  return { verificationId, generation, events, missing };
}

/** Thrown if the queue does not accept an event. */
class EventNotResentError extends IdvError {
  override readonly name = 'EventNotResentError';
}

/**
 * Sends events again, with their ids and sequences, one after the other.
 *
 * @param signal stops between two events
 * @returns the number of sent events
 * @throws EventNotResentError at the first event that the queue does not accept. The events before it are sent
 */
export function resendEvents(
  stack: OperatedStack,
  { verificationId, events }: EventsToResend,
  reason: string,
  signal?: AbortSignal,
): Promise<number> {
  const queue = createSqsQueueSender(stack.aws.sqs, stack.eventsQueueUrl, () => undefined);
  const runId = randomUUID();
  const [first, last] = [events[0]?.event.sequence, events.at(-1)?.event.sequence];
  const describe = (sent: number) => `${sent} events sent again, ${first} to ${last}`;
  return runAudited(stack, { action: 'resend', verificationId, reason, describe }, async () => {
    for (const each of events) {
      signal?.throwIfAborted();
      const [result] = await queue.send([buildResentMessage(each, runId)]);
      if (result?.kind !== 'sent')
        throw new EventNotResentError(
          `event ${each.event.sequence} was not sent: ${result?.kind === 'refused' ? result.refusal.code : 'SQS did not accept it'}. The events before it were sent`,
        );
    }
    return events.length;
  });
}

/**
 * Builds the message of a resent event. Its deduplication id is new in each run: SQS would drop a message with the id of the
 * relay's message for five minutes.
 */
function buildResentMessage({ event, json }: PublishedEvent, runId: string): EventMessage {
  return {
    ...buildEventMessage(event),
    MessageBody: escapeForSqs(json),
    MessageDeduplicationId: buildDeduplicationId(`${event.id}#${runId}`),
  };
}
