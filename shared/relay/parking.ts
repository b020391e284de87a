import type { DynamoDBRecord } from 'aws-lambda';
import type { BlobStore } from '../platform/blob-store.ts';
import { IdvError } from '../platform/errors.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import { parkedKey } from './parked-key.ts';
import type { MessageRefusal, QueueMessage } from './queue-sender.ts';

/** A message that is refused, and where it comes from. */
export interface RefusedMessage {
  readonly verificationId: string;
  /** Of the stream record. */
  readonly sequenceNumber: string;
  /** `event-1`, `job-1`: which message of the record. */
  readonly what: string;
  readonly queueUrl: string;
  readonly message: QueueMessage;
  readonly refusal: MessageRefusal;
}

/** Keeps what can never be sent, so that nothing waits for it. Parking the same thing again is harmless. */
export interface Parking {
  /** @returns whether it is safe in the bucket; if not, it must be tried again */
  message(refused: RefusedMessage): Promise<boolean>;
  /** The same for a whole stream record. */
  record(record: DynamoDBRecord, error: unknown): Promise<boolean>;
}

/** A queue refuses a message for good. */
class MessageRefused extends IdvError {
  override readonly name = 'MessageRefused';
}

/**
 * Parks in the bucket, each thing whole and with the reason. A message is parked as the input of `aws sqs
 * send-message`, a record as the relay can be invoked with it: see "Something is parked" in the runbook.
 */
export function s3Parking(store: Pick<BlobStore, 'putOnce'>, telemetry: Telemetry, now: () => Date): Parking {
  return {
    message({ verificationId, sequenceNumber, what, queueUrl, message, refusal: { code, detail } }) {
      const key = parkedKey(verificationId, sequenceNumber, what);
      const error = new MessageRefused(`the queue refuses the message with ${code}`);
      return park(key, `${code}: ${detail}`, { message: { QueueUrl: queueUrl, ...message } }, error);
    },
    record(record, error) {
      const { Keys: keys, SequenceNumber: number = record.eventID ?? 'unnumbered' } = record.dynamodb ?? {};
      const key = parkedKey(keys?.verificationId?.S, number, 'record');
      return park(key, reasonOf(error), { record }, error);
    },
  };

  async function park(key: string, reason: string, parked: object, cause: unknown): Promise<boolean> {
    const content = { reason, parkedAt: now().toISOString(), ...parked };
    const bytes = Buffer.from(JSON.stringify(content, null, 2));
    try {
      const isNew = await store.putOnce(key, bytes, 'application/json');
      // Lambda may deliver a batch many times: one thing counts once.
      if (isNew) telemetry.count('MessagesParked');
      if (isNew) telemetry.error('parked what can never be sent; see the runbook', cause, { key });
      else telemetry.warn('cannot be sent this time either; it is parked already', { key }, cause);
      return true;
    } catch (error) {
      telemetry.error('cannot park what can never be sent; it is tried again', error, { key });
      return false;
    }
  }
}

/** Its cause as well: the bucket may hold what the log must not. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message, cause } = error;
  return `${name}: ${message}${cause === undefined ? '' : `; ${reasonOf(cause)}`}`;
}
