import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { escapeForSqs } from '../platform/escape-for-sqs.ts';
import { messageBytes } from '../platform/sqs-size.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import type { Ledger } from '../verifications/ledger.ts';
import type { JobQueues } from './job-queues.ts';
import type { Parking } from './parking.ts';
import type { QueueSender } from './queue-sender.ts';
import { readRecords } from './read-records.ts';
import { type GroupedMessage, sendInOrder } from './send-in-order.ts';
import { type OutgoingMessage, sendOrPark } from './send-or-park.ts';
import type { StreamedWrite } from './stream-record.ts';

export interface RelayDependencies {
  readonly events: QueueSender;
  readonly jobs: JobQueues;
  readonly ledger: Ledger;
  readonly parking: Parking;
  readonly telemetry: Telemetry;
}

/**
 * The Lambda handler of the stream of `Verifications`: sends what each write has put into its outbox. It
 * holds no business rule. What can never be sent is parked, so that nothing waits for it. What fails in
 * passing is reported, and Lambda delivers it and all after it again; sending twice is harmless, because
 * events carry their sequence.
 */
export function relayEvents(dependencies: RelayDependencies) {
  const { events, parking, telemetry } = dependencies;
  return async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const { writes, notParked, parkedCount } = await readRecords(event.Records, parking);
    const unpublished = await publish(writes, events, parking);
    const published = writes.filter((write) => !unpublished.has(write));
    const unfinished = await finish(published, dependencies);

    const failed = [...notParked, ...[...unpublished, ...unfinished].map((write) => write.sequenceNumber)];
    telemetry.count('WritesRelayed', event.Records.length - failed.length - parkedCount);
    telemetry.count('WritesNotRelayed', failed.length);
    telemetry.flush();
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** @returns the writes of which an event is neither sent nor parked */
async function publish(
  writes: readonly StreamedWrite[],
  queue: QueueSender,
  parking: Parking,
): Promise<ReadonlySet<StreamedWrite>> {
  const outgoing = writes.flatMap((write) =>
    write.messages.map((message, index): OutgoingMessage & GroupedMessage => {
      const what = `event-${index + 1}`;
      return { write, what, message, bytes: messageBytes(message), group: message.MessageGroupId };
    }),
  );
  const unsent = await sendInOrder(outgoing, (batch) => sendOrPark(batch, queue, parking));
  return new Set(unsent.map(({ write }) => write));
}

/** Jobs and ledger rows, which have no order. @returns the writes that are not done */
async function finish(
  writes: readonly StreamedWrite[],
  dependencies: RelayDependencies,
): Promise<StreamedWrite[]> {
  const finished = await Promise.all(
    writes.map(
      async (write) => (await sendJobs(write, dependencies)) && (await recordDelivery(write, dependencies)),
    ),
  );
  return writes.filter((_, index) => finished[index] !== true);
}

/** @returns whether each job is sent or parked */
async function sendJobs(write: StreamedWrite, { jobs, parking }: RelayDependencies): Promise<boolean> {
  const outgoing = write.outbox.jobs.map((job, index): OutgoingMessage & GroupedMessage => {
    const what = `job-${index + 1}`;
    const message = { MessageBody: escapeForSqs(JSON.stringify(job)) };
    return { write, what, message, bytes: messageBytes(message), group: what };
  });
  const queue = jobs(write.verification.provider);
  const unsent = await sendInOrder(outgoing, (batch) => sendOrPark(batch, queue, parking));
  return unsent.length === 0;
}

/** @returns whether the delivery is in the ledger, or can never be and is parked */
async function recordDelivery(
  { verification: { verificationId, sequence }, outbox: { delivery }, record }: StreamedWrite,
  { ledger, parking, telemetry }: RelayDependencies,
): Promise<boolean> {
  if (delivery === null) return true;
  try {
    await ledger.record(delivery, { decision: 'accepted', reason: null, verificationId, sequence });
    return true;
  } catch (error) {
    if (isRowRefusal(error)) return parking.record(record, error);
    telemetry.error('ledger row not written; it is tried again', error);
    return false;
  }
}

/** DynamoDB's word for a row that breaks its rules (too large, an empty key): no further try changes that. */
function isRowRefusal(error: unknown): boolean {
  return error instanceof DynamoDBServiceException && error.name === 'ValidationException';
}
