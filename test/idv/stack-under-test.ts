import { connectToLocalStack } from '../../local/operations/local-stack.ts';
import { type AuditEntry, readAudit } from '../../shared/operations/audit/audit.ts';
import { disconnect, type OperatedStack } from '../../shared/operations/stack/operated-stack.ts';
import type { SystemUnderTest } from '../support/system-under-test.ts';

/** Connects to the system under test as `idv` does, for a piece of work. */
export async function withStack<T>(
  { system }: Pick<SystemUnderTest, 'system'>,
  work: (stack: OperatedStack) => Promise<T>,
): Promise<T> {
  const stack = await connectToLocalStack(system.stack.url, 'it runs in this test');
  return work(stack).finally(() => disconnect(stack));
}

/** Reads what the audit of this month says about an action, newest first. */
export async function auditOf(sut: Pick<SystemUnderTest, 'system'>, action: string): Promise<AuditEntry[]> {
  const entries = await withStack(sut, (stack) =>
    Array.fromAsync(readAudit(stack, new Date().toISOString().slice(0, 7))),
  );
  return entries.filter((entry) => entry.action === action);
}
