import { type AuditEntry, readAudit } from '../../shared/operations/audit/audit.ts';
import type { SystemUnderTest } from '../support/system-under-test.ts';

/** Reads the operations of this month. */
export function auditOf({
  dynamodb,
  system,
}: Pick<SystemUnderTest, 'dynamodb' | 'system'>): Promise<AuditEntry[]> {
  const stack = { aws: { dynamodb }, historyTable: system.stack.outputs.HistoryTableName ?? '' };
  return Array.fromAsync(readAudit(stack, new Date().toISOString().slice(0, 7)));
}
