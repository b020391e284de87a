import { BackOff } from '../back-off.ts';
import type { Log } from '../functions/log-lines.ts';
import { batchOutcome } from './batch-outcome.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { DiscardReason, FailureDestination } from './failure-destination.ts';
import type { StreamRecord } from './stream-event.ts';

export interface StreamBatchContext {
  mapping: EventSourceMapping;
  shardId: string;
  discard: FailureDestination;
  signal: AbortSignal;
  log: Log;
}

/**
 * Hands records to the function until every one is done with: handled, or discarded as the mapping's limits say.
 * Nothing behind a failed record is handed on before it, so that order holds.
 * @returns false when the signal aborted with records left
 */
export async function handleStreamBatch(
  context: StreamBatchContext,
  records: StreamRecord[],
): Promise<boolean> {
  const { mapping, signal } = context;
  const backOff = new BackOff();
  let remaining = records;
  let invokeCount = 0;
  let requestId = '';
  while (!signal.aborted) {
    remaining = await discardExpired(context, remaining, { invokeCount, requestId });
    if (remaining.length === 0) return true;

    const result = await mapping.function.invoke({ Records: remaining.map(({ event }) => event) });
    if (signal.aborted && result.kind === 'failed') return false; // ended by stop(), not by the function
    requestId = result.requestId;
    invokeCount += 1;
    const ids = remaining.map(({ sequenceNumber }) => sequenceNumber);
    const outcome = batchOutcome(result, mapping.reportsBatchItemFailures, ids);
    if (outcome.kind === 'succeeded') return true;

    const firstFailed =
      outcome.kind === 'partly-failed' ? ids.findIndex((id) => outcome.failedIds.includes(id)) : 0;
    if (firstFailed > 0) {
      // What comes before the lowest failed sequence number is done with; the rest is a batch of its own.
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

interface Attempts {
  invokeCount: number;
  requestId: string;
}

async function discardExpired(
  context: StreamBatchContext,
  records: StreamRecord[],
  attempts: Attempts,
): Promise<StreamRecord[]> {
  const { maximumRecordAgeSeconds } = context.mapping;
  if (maximumRecordAgeSeconds === -1) return records;
  const oldest = Date.now() / 1000 - maximumRecordAgeSeconds;
  const expired = records.filter(({ createdAt }) => createdAt < oldest);
  if (expired.length > 0) await discard(context, expired, 'RecordAgeExceeded', attempts);
  return records.filter(({ createdAt }) => createdAt >= oldest);
}

/** A destination that cannot be reached loses the records, as on AWS, where only a metric tells. */
async function discard(
  { mapping, shardId, discard: send, log }: StreamBatchContext,
  records: StreamRecord[],
  reason: DiscardReason,
  attempts: Attempts,
): Promise<void> {
  log({ source: mapping.function.name, line: `Discarded ${records.length} stream records: ${reason}` });
  try {
    await send({ records, shardId, reason, ...attempts });
  } catch (error) {
    log({
      source: mapping.function.name,
      line: `The on-failure destination did not take them: ${String(error)}`,
    });
  }
}
