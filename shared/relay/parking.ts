import type { DynamoDBRecord } from 'aws-lambda';
import type { BlobStore } from '../platform/blob-store.ts';
import { IdvError } from '../platform/errors.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import { buildParkedObjectKey, readProviderOfParkedKey } from './parked-key.ts';
import type { QueueMessage, QueueRefusalReason } from './queue-sender.ts';

/** A message that a queue refuses permanently, with its stream record and the reason. */
export interface RefusedMessage {
  readonly verificationId: string;
  /** The sequence number of the stream record. */
  readonly sequenceNumber: string;
  /** The message's name within the record: `event-1` is the first event, `job-1` the first job. */
  readonly part: string;
  readonly queueUrl: string;
  readonly message: QueueMessage;
  readonly refusal: QueueRefusalReason;
}

/**
 * Stores messages and records that can never be sent, so they delay no other message. Parking the same part again is
 * safe.
 */
export interface ParkingStore {
  /**
   * Parks a message.
   *
   * @returns true if the message is stored; if false, the caller must try again
   */
  parkMessage(refused: RefusedMessage): Promise<boolean>;
  /**
   * Parks a whole stream record.
   *
   * @returns true if the record is stored; if false, the caller must try again
   */
  parkRecord(record: DynamoDBRecord, error: unknown): Promise<boolean>;
}

/** The error to log if a queue refuses a message permanently. */
class MessageRefused extends IdvError {
  override readonly name = 'MessageRefused';
}

/**
 * Parks messages and records in the bucket, complete and with the reason. A parked message has the format of the input of
 * `aws sqs send-message`. A parked record has the format of the relay's input. See "Something is parked" in the runbook.
 */
export function createS3ParkingStore(
  store: Pick<BlobStore, 'putOnce'>,
  telemetry: Telemetry,
  now: () => Date,
): ParkingStore {
  return {
    parkMessage({ verificationId, sequenceNumber, part, queueUrl, message, refusal: { code, detail } }) {
      const key = buildParkedObjectKey(verificationId, sequenceNumber, part);
      const error = new MessageRefused(`the queue refuses the message with ${code}`);
      return park(key, `${code}: ${detail}`, { message: { QueueUrl: queueUrl, ...message } }, error);
    },
    parkRecord(record, error) {
      const { Keys: keys, SequenceNumber: number = record.eventID ?? 'unnumbered' } = record.dynamodb ?? {};
      const key = buildParkedObjectKey(keys?.verificationId?.S, number, 'record');
      return park(key, reasonOf(error), { record }, error);
    },
  };

  async function park(key: string, reason: string, parked: object, cause: unknown): Promise<boolean> {
    const content = { reason, parkedAt: now().toISOString(), ...parked };
    const bytes = Buffer.from(JSON.stringify(content, null, 2));
    try {
      const isNew = await store.putOnce(key, bytes, 'application/json');
      // Lambda may deliver the same batch many times. Count a parked object only when it is new.
      if (isNew) telemetry.count('MessagesParked', 1, readProviderOfParkedKey(key));
      if (isNew)
        telemetry.error('a message or record can never be sent and is parked; see the runbook', cause, {
          key,
        });
      else
        telemetry.warn(
          'a message or record that is already parked cannot be sent this time either',
          { key },
          cause,
        );
      return true;
    } catch (error) {
      telemetry.error(
        'a message or record that can never be sent could not be parked; the relay tries again',
        error,
        { key },
      );
      return false;
    }
  }
}

/**
 * Describes an error and its causes, with their messages. Store this text only in the bucket, and never log it: the
 * messages may contain personal data.
 */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message, cause } = error;
  return `${name}: ${message}${cause === undefined ? '' : `; ${reasonOf(cause)}`}`;
}
