import * as z from 'zod';
import type { InvocationResult } from '../functions/invocation.ts';

/**
 * The outcome of a batch of records that a function handled. `failedIds` has the identifiers of the records that
 * failed, and is never empty.
 */
export type BatchOutcome =
  | { kind: 'succeeded' }
  | { kind: 'partly-failed'; failedIds: string[] }
  | { kind: 'failed' };

/**
 * The schema of a function's response to a batch. If the response or its list of failures is absent, all records
 * succeeded.
 */
const batchResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * Reads the outcome of a batch of records by Lambda's rules. If the response lists no failures, all records succeeded.
 * If the response is invalid, or lists an identifier that is not in the batch, the whole batch failed.
 * See https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function readBatchOutcome(
  result: InvocationResult,
  reportsBatchItemFailures: boolean,
  batchIds: string[],
): BatchOutcome {
  if (result.kind === 'failed') return { kind: 'failed' };
  if (!reportsBatchItemFailures) return { kind: 'succeeded' };
  const response = batchResponse.safeParse(result.payload);
  if (!response.success) return { kind: 'failed' };
  const failedIds = (response.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  if (failedIds.some((id) => !batchIds.includes(id))) return { kind: 'failed' };
  return failedIds.length === 0 ? { kind: 'succeeded' } : { kind: 'partly-failed', failedIds };
}
