import { RetryBackOff } from '../back-off.ts';
import type { LogLineListener } from '../functions/log-lines.ts';
import { readBatchOutcome } from './batch-outcome.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { DiscardedBatchSender, StreamDiscardReason } from './failure-destination.ts';
import type { StreamRecord } from './stream-event.ts';

export interface HandleStreamBatchOptions {
  mapping: EventSourceMapping;
  shardId: string;
  discard: DiscardedBatchSender;
  signal: AbortSignal;
  log: LogLineListener;
}

/**
 * Passes stream records to the function, until each record is handled or discarded. A record is discarded when it
 * reaches the limit of retries or of age in the event source mapping. Later records wait for a failed record, so the
 * order is kept.
 * @returns false if the signal aborted before all records were handled
 */
export async function handleStreamBatch(
  context: HandleStreamBatchOptions,
  records: StreamRecord[],
): Promise<boolean> {
  const { mapping, signal } = context;
  const backOff = new RetryBackOff();
  let remaining = records;
  let invokeCount = 0;
  let requestId = '';
  while (!signal.aborted) {
    remaining = await discardExpired(context, remaining, { invokeCount, requestId });
    if (remaining.length === 0) return true;

    const result = await mapping.function.invoke({ Records: remaining.map(({ event }) => event) });
    if (signal.aborted && result.kind === 'failed') return false; // The invocation failed because stop() ended the function.
    requestId = result.requestId;
    invokeCount += 1;
    const ids = remaining.map(({ sequenceNumber }) => sequenceNumber);
    const outcome = readBatchOutcome(result, mapping.reportsBatchItemFailures, ids);
    if (outcome.kind === 'succeeded') return true;

    const firstFailed =
      outcome.kind === 'partly-failed' ? ids.findIndex((id) => outcome.failedIds.includes(id)) : 0;
    if (firstFailed > 0) {
      // The records before the first failed record are handled. Continue with a new batch that begins with the failed
      // record.
      remaining = remaining.slice(firstFailed);
      invokeCount = 0;
      backOff.reset();
    } else if (outcome.kind === 'failed' && mapping.bisectBatchOnError && remaining.length > 1) {
      const middle = Math.ceil(remaining.length / 2);
      const firstHalf = await handleStreamBatch(context, remaining.slice(0, middle));
      return firstHalf && (await handleStreamBatch(context, remaining.slice(middle)));
    } else if (mapping.maximumRetryAttempts !== -1 && invokeCount > mapping.maximumRetryAttempts) {
      await discard(context, remaining, 'RetryAttemptsExhausted', { invokeCount, requestId });
      return true;
    }
    await backOff.wait(signal);
  }
  return false;
}

interface InvocationCount {
  invokeCount: number;
  requestId: string;
}

async function discardExpired(
  context: HandleStreamBatchOptions,
  records: StreamRecord[],
  invocations: InvocationCount,
): Promise<StreamRecord[]> {
  const { maximumRecordAgeSeconds } = context.mapping;
  if (maximumRecordAgeSeconds === -1) return records;
  const oldest = Date.now() / 1000 - maximumRecordAgeSeconds;
  const expired = records.filter(({ createdAt }) => createdAt < oldest);
  if (expired.length > 0) await discard(context, expired, 'RecordAgeExceeded', invocations);
  return records.filter(({ createdAt }) => createdAt >= oldest);
}

/** Sends discarded records to the on-failure destination. If the destination fails, the records are lost, as on AWS. */
async function discard(
  { mapping, shardId, discard: send, log }: HandleStreamBatchOptions,
  records: StreamRecord[],
  reason: StreamDiscardReason,
  invocations: InvocationCount,
): Promise<void> {
  log({ source: mapping.function.name, line: `Discarded ${records.length} stream records: ${reason}` });
  try {
    await send({ records, shardId, reason, ...invocations });
  } catch (error) {
    log({
      source: mapping.function.name,
      line: `The on-failure destination refused the discarded records: ${String(error)}`,
    });
  }
}
