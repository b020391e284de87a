import * as z from 'zod';
import type { InvocationResult } from '../functions/invocation.ts';

/** What a function made of a batch. `failedIds` are item identifiers, never empty. */
export type BatchOutcome =
  | { kind: 'succeeded' }
  | { kind: 'partly-failed'; failedIds: string[] }
  | { kind: 'failed' };

/** An absent response or list is a success; anything of another form is not. */
const batchResponse = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish() })
  .nullish();

/**
 * Reads a batch's result as Lambda does: no failures listed = all succeeded; a response it cannot read, or an
 * identifier that is not of the batch = the whole batch failed.
 * See https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function batchOutcome(
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
