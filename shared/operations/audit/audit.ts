import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { clockAndIdGenerator } from '../../platform/clients.ts';
import { decodeRowContent, encodeRowContent } from '../../verifications/row-content.ts';
import { queryHistory, type StackWithHistory } from '../case/case-record.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';

/** What an operator did. It contains no personal data, so it outlives the erasure of a case. */
const AuditEntry = z.object({
  /** An ISO 8601 instant. */
  at: z.string(),
  id: z.string(),
  /** Who did it: see `OperatedStack.operator`. */
  operator: z.string(),
  /** The command, such as `replay`, or `reveal` for showing personal data. */
  action: z.string(),
  /** The case; null if the operation is about several cases or about none. */
  verificationId: z.nullable(z.string()),
  /** Why the operator did it, in the operator's own words. */
  reason: z.string(),
  /** The result in short, such as `3 events sent again`. */
  result: z.string(),
  /** The result in full, for example the certificate of an erasure; absent if `result` says everything. */
  details: z.optional(z.unknown()),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

type AuditedStack = StackWithHistory & Pick<OperatedStack, 'operator' | 'retentionDays'>;

/** The partition of the history that has the operations of a month. No verification id begins with `audit:`. */
const partitionOf = (instant: string) => `audit:${instant.slice(0, 7)}`;

/** Records what the operator of this stack has done. The row is kept as long as a case. */
export async function recordOperation(
  { aws, historyTable, operator, retentionDays }: AuditedStack,
  operation: Pick<AuditEntry, 'action' | 'verificationId' | 'reason' | 'result' | 'details'>,
): Promise<AuditEntry> {
  const now = clockAndIdGenerator.now();
  const at = now.toISOString();
  const entry = { at, id: clockAndIdGenerator.newId(), operator, ...operation };
  await aws.dynamodb.send(
    new PutItemCommand({
      TableName: historyTable,
      Item: {
        subject: { S: partitionOf(at) },
        at: { S: `${at}#${entry.id}` },
        expiresAt: { N: String(Math.floor(now.getTime() / 1000) + retentionDays * 24 * 3600) },
        content: { B: encodeRowContent(entry) },
      },
    }),
  );
  return entry;
}

/** Reads the operations of a month, newest first. @param month as `2026-11` */
export async function* readAudit(stack: StackWithHistory, month: string): AsyncGenerator<AuditEntry> {
  for await (const { content } of queryHistory(stack, {
    ConsistentRead: true,
    ScanIndexForward: false,
    KeyConditionExpression: 'subject = :subject',
    ExpressionAttributeValues: { ':subject': { S: partitionOf(month) } },
  })) {
    if (content?.B !== undefined) yield AuditEntry.parse(decodeRowContent(content.B));
  }
}
