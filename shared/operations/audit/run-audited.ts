import type { OperatedStack } from '../stack/operated-stack.ts';
import { recordOperation } from './audit.ts';

interface AuditedOperation<Result> {
  /** The command, such as `replay`. */
  readonly action: string;
  /** The case; null if the operation is about several cases or about none. */
  readonly verificationId: string | null;
  /** Why, in the operator's own words. */
  readonly reason: string;
  /** Says what was done, in short and without personal data. */
  readonly describe: (result: Result) => string;
  /** Returns the result in full; absent if `describe` says everything. */
  readonly detail?: (result: Result) => unknown;
}

/** Does an operation that writes, and records it in the audit, also if it fails or is stopped half-way. @throws the error of the work */
export async function runAudited<Result>(
  stack: OperatedStack,
  { describe, detail, ...operation }: AuditedOperation<Result>,
  work: () => Promise<Result>,
): Promise<Result> {
  const result = await work().catch(async (error: unknown) => {
    // The message of an error may quote personal data, so only its class is recorded.
    const name = error instanceof Error ? error.name : 'unknown';
    await recordOperation(stack, { ...operation, result: `failed with ${name}; it may be done in part` });
    throw error;
  });
  await recordOperation(stack, {
    ...operation,
    result: describe(result),
    ...(detail === undefined ? {} : { details: detail(result) }),
  });
  return result;
}
