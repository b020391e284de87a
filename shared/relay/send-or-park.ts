import type { ParkingStore } from './parking.ts';
import type { QueueMessage, QueueSender } from './queue-sender.ts';
import type { VerificationWriteFromStream } from './stream-record.ts';

/** A message from the outbox of a write, ready to send. */
export interface OutboxMessage {
  readonly write: VerificationWriteFromStream;
  /** The message's name within the write: `event-1` is the first event, `job-1` the first job. */
  readonly part: string;
  readonly message: QueueMessage;
}

/**
 * Sends a batch, and parks the messages that the queue refuses permanently.
 *
 * @returns the messages that are neither sent nor parked; another try may succeed
 */
export async function sendOrParkMessages<Message extends OutboxMessage>(
  batch: readonly Message[],
  queue: QueueSender,
  parking: ParkingStore,
): Promise<Message[]> {
  const outcomes = await queue.send(batch.map(({ message }) => message));
  const done = await Promise.all(
    batch.map(({ write, part, message }, index) => {
      const outcome = outcomes[index] ?? { kind: 'failed' };
      if (outcome.kind !== 'refused') return outcome.kind === 'sent';
      const { sequenceNumber, verification } = write;
      const { verificationId } = verification;
      const { queueUrl } = queue;
      return parking.parkMessage({
        verificationId,
        sequenceNumber,
        part,
        queueUrl,
        message,
        refusal: outcome.refusal,
      });
    }),
  );
  return batch.filter((_, index) => done[index] !== true);
}
