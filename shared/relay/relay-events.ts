import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Telemetry } from '../platform/telemetry.ts';
import type { Ledger } from '../verifications/ledger.ts';
import type { EventMessage } from './event-message.ts';
import type { JobQueues } from './job-queues.ts';
import type { QueueSender } from './queue-sender.ts';
import { type Grouped, sendInOrder } from './send-in-order.ts';
import { readRecord, type StreamedWrite } from './stream-record.ts';

export interface RelayDependencies {
  readonly events: QueueSender;
  readonly jobs: JobQueues;
  readonly ledger: Ledger;
  readonly telemetry: Telemetry;
}

/** An event of a write, on its way to the queue. */
interface Outgoing extends Grouped {
  readonly write: StreamedWrite;
  readonly message: EventMessage;
}

/**
 * The Lambda handler of the stream of `Verifications`: sends what each write has put into its outbox. It
 * holds no business rule. What fails is reported, and Lambda delivers it and all after it again; sending
 * twice is harmless, because events carry their sequence.
 */
export function relayEvents(dependencies: RelayDependencies) {
  return async (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const { writes, unreadable } = readAll(event.Records, dependencies.telemetry);
    const unpublished = await publish(writes, dependencies.events);
    const published = writes.filter((write) => !unpublished.has(write));
    const unfinished = await finish(published, dependencies);

    const failed = [...unreadable, ...[...unpublished, ...unfinished].map((write) => write.sequenceNumber)];
    dependencies.telemetry.count('WritesRelayed', event.Records.length - failed.length);
    dependencies.telemetry.count('WritesNotRelayed', failed.length);
    dependencies.telemetry.flush();
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** A record that cannot be read stops its verification: what comes after it must not overtake it. */
function readAll(records: readonly DynamoDBRecord[], telemetry: Telemetry) {
  const writes: StreamedWrite[] = [];
  const unreadable: string[] = [];
  const stopped = new Set<string | undefined>();
  for (const record of records) {
    const key = record.dynamodb?.Keys?.verificationId?.S;
    try {
      if (!stopped.has(key)) writes.push(readRecord(record));
    } catch (error) {
      telemetry.error('stream record cannot be read', error);
      stopped.add(key);
    }
    if (stopped.has(key)) unreadable.push(record.dynamodb?.SequenceNumber ?? '');
  }
  return { writes, unreadable };
}

/** @returns the writes of which an event was not sent */
async function publish(
  writes: readonly StreamedWrite[],
  queue: QueueSender,
): Promise<ReadonlySet<StreamedWrite>> {
  const outgoing = writes.flatMap((write) =>
    write.messages.map((message): Outgoing => {
      const bytes = Buffer.byteLength(message.MessageBody);
      return { write, message, bytes, group: message.MessageGroupId };
    }),
  );
  const unsent = await sendInOrder(outgoing, async (batch) => {
    const failed = await queue.send(batch.map(({ message }) => message));
    return batch.filter((_, index) => failed.has(index));
  });
  return new Set(unsent.map(({ write }) => write));
}

/** Jobs and ledger rows, which have no order. @returns the writes that are not done */
async function finish(
  writes: readonly StreamedWrite[],
  { jobs, ledger, telemetry }: RelayDependencies,
): Promise<StreamedWrite[]> {
  const results = await Promise.allSettled(
    writes.map(async ({ verification, outbox }) => {
      const entries = outbox.jobs.map((job) => ({ MessageBody: JSON.stringify(job) }));
      const unsent = entries.length > 0 ? await jobs(verification.provider).send(entries) : new Set();
      if (unsent.size > 0) throw new JobsNotSent();
      if (outbox.delivery === null) return;
      const { verificationId, sequence } = verification;
      await ledger.record(outbox.delivery, { decision: 'accepted', reason: null, verificationId, sequence });
    }),
  );
  return writes.filter((_, index) => {
    const result = results[index];
    if (result?.status !== 'rejected') return false;
    if (!(result.reason instanceof JobsNotSent)) telemetry.error('ledger row not written', result.reason);
    return true;
  });
}

class JobsNotSent extends Error {
  override readonly name = 'JobsNotSent';
}
