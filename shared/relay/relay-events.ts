import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { BlobReader } from '../platform/blob-store.ts';
import { escapeForSqs } from '../platform/escape-for-sqs.ts';
import { countSqsMessageBytes } from '../platform/sqs-size.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import type { History } from '../verifications/history.ts';
import { dropWritesBeforeErasure } from './drop-before-erasure.ts';
import { buildEventMessage } from './event-message.ts';
import type { JobQueueSelector } from './job-queues.ts';
import type { ParkingStore } from './parking.ts';
import type { QueueSender } from './queue-sender.ts';
import { readOrParkRecords } from './read-records.ts';
import { type MessageInOrderedGroup, sendMessagesInGroupOrder } from './send-in-order.ts';
import { type OutboxMessage, sendOrParkMessages } from './send-or-park.ts';
import type { VerificationWriteFromStream } from './stream-record.ts';

export interface RelayDependencies {
  readonly events: QueueSender;
  readonly jobs: JobQueueSelector;
  readonly history: History;
  readonly parking: ParkingStore;
  /** The evidence bucket. */
  readonly bucket: string;
  readonly objects: BlobReader;
  readonly telemetry: Telemetry;
  readonly now: () => Date;
}

/**
 * Creates the Lambda handler of the stream of `Verifications`. It sends the outbox of each write, and contains no business
 * rule. A message that can never be sent is parked, so it delays no other message. If another try may succeed, the handler
 * reports the failed record, and Lambda delivers this record and all later records again. Sending a message twice is safe,
 * because events carry their sequence.
 */
export function relayEvents(dependencies: RelayDependencies) {
  const { events, parking, telemetry } = dependencies;
  return async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const { writes: read, notRead, parkedCount } = await readOrParkRecords(event.Records, dependencies);
    const writes = dropWritesBeforeErasure(read);
    const unpublished = await publish(writes, events, parking);
    const published = writes.filter((write) => !unpublished.has(write));
    measureLag(published, dependencies);
    const unfinished = await finish(published, dependencies);

    const unsent = [...unpublished, ...unfinished].map((write) => write.sequenceNumber);
    const failed = new Set([...notRead, ...unsent]);
    telemetry.count('WritesRelayed', event.Records.length - failed.size - parkedCount);
    telemetry.count('WritesNotRelayed', failed.size);
    telemetry.flush();
    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/**
 * Sends the events of writes.
 *
 * @returns the writes whose event is neither sent nor parked
 */
async function publish(
  writes: readonly VerificationWriteFromStream[],
  queue: QueueSender,
  parking: ParkingStore,
): Promise<ReadonlySet<VerificationWriteFromStream>> {
  const outgoing = writes.flatMap((write): (OutboxMessage & MessageInOrderedGroup)[] => {
    if (write.event === null) return [];
    const message = buildEventMessage(write.event);
    const bytes = countSqsMessageBytes(message);
    return [{ write, part: partOf(write, 'event-1'), message, bytes, group: message.MessageGroupId }];
  });
  const unsent = await sendMessagesInGroupOrder(outgoing, (batch) =>
    sendOrParkMessages(batch, queue, parking),
  );
  return new Set(unsent.map(({ write }) => write));
}

/** Measures the time from each write to the publication of its event. */
function measureLag(
  writes: readonly VerificationWriteFromStream[],
  { telemetry, now }: RelayDependencies,
): void {
  for (const { event, verification, record } of writes) {
    const writtenAt = record.dynamodb?.ApproximateCreationDateTime;
    if (event === null || writtenAt === undefined) continue;
    // The stream rounds the time of a write to seconds, so the difference can be negative.
    const seconds = Math.max(0, now().getTime() / 1000 - writtenAt);
    telemetry.measure('RelayLagSeconds', seconds, verification.provider);
  }
}

/** Returns the name of a message within its record. It is the key of the message if the message is parked. */
function partOf({ name }: VerificationWriteFromStream, part: string): string {
  return name === null ? part : `${name}-${part}`;
}

/**
 * Sends the jobs of writes, and records the writes in the history. The order of the writes does not matter.
 *
 * @returns the writes that are not finished
 */
async function finish(
  writes: readonly VerificationWriteFromStream[],
  dependencies: RelayDependencies,
): Promise<VerificationWriteFromStream[]> {
  const finished = await Promise.all(
    writes.map(
      async (write) => (await sendJobs(write, dependencies)) && (await recordInHistory(write, dependencies)),
    ),
  );
  return writes.filter((_, index) => finished[index] !== true);
}

/**
 * Sends the jobs of a write.
 *
 * @returns true if each job is sent or parked
 */
async function sendJobs(
  write: VerificationWriteFromStream,
  { jobs, parking }: RelayDependencies,
): Promise<boolean> {
  const outgoing = write.outbox.jobs.map((job, index): OutboxMessage & MessageInOrderedGroup => {
    const part = partOf(write, `job-${index + 1}`);
    const message = { MessageBody: escapeForSqs(JSON.stringify(job)) };
    return { write, part, message, bytes: countSqsMessageBytes(message), group: part };
  });
  const queue = jobs(write.verification.provider);
  const unsent = await sendMessagesInGroupOrder(outgoing, (batch) =>
    sendOrParkMessages(batch, queue, parking),
  );
  return unsent.length === 0;
}

/**
 * Records the event and the delivery of a write in the history.
 *
 * @returns true if the write is recorded, or its whole stream record is parked
 */
async function recordInHistory(
  {
    verification: { verificationId, version, heldSince },
    outbox: { delivery },
    event,
    record,
  }: VerificationWriteFromStream,
  { history, parking, telemetry }: RelayDependencies,
): Promise<boolean> {
  if (event === null && delivery === null) return true;
  try {
    const hold = heldSince === undefined ? {} : { isHeld: true };
    await history.recordWrite({ verificationId, version, event, delivery, ...hold });
    return true;
  } catch (error) {
    if (isRowRefusal(error)) return parking.parkRecord(record, error);
    telemetry.error('a row of the history could not be written; the relay tries again', error);
    return false;
  }
}

/** Checks whether DynamoDB refuses a row permanently, for example because the row is too large or has an empty key. */
function isRowRefusal(error: unknown): boolean {
  return error instanceof DynamoDBServiceException && error.name === 'ValidationException';
}
