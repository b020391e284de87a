import type { Parking } from './parking.ts';
import type { QueueMessage, QueueSender } from './queue-sender.ts';
import type { StreamedWrite } from './stream-record.ts';

/** A message of a write, on its way to a queue. */
export interface OutgoingMessage {
  readonly write: StreamedWrite;
  /** `event-1`, `job-1`: which message of the write. */
  readonly what: string;
  readonly message: QueueMessage;
}

/**
 * Sends a batch, and parks what the queue refuses for good.
 *
 * @returns the messages that are neither sent nor parked: another try may succeed
 */
export async function sendOrPark<Message extends OutgoingMessage>(
  batch: readonly Message[],
  queue: QueueSender,
  parking: Parking,
): Promise<Message[]> {
  const outcomes = await queue.send(batch.map(({ message }) => message));
  const done = await Promise.all(
    batch.map(({ write, what, message }, index) => {
      const outcome = outcomes[index] ?? { kind: 'failed' };
      if (outcome.kind !== 'refused') return outcome.kind === 'sent';
      const { sequenceNumber, verification } = write;
      const { verificationId } = verification;
      const { queueUrl } = queue;
      return parking.message({
        verificationId,
        sequenceNumber,
        what,
        queueUrl,
        message,
        refusal: outcome.refusal,
      });
    }),
  );
  return batch.filter((_, index) => done[index] !== true);
}
