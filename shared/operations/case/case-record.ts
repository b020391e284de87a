import {
  type AttributeValue,
  GetItemCommand,
  paginateQuery,
  paginateScan,
  type QueryCommandInput,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type HistoryRow, parseHistoryItem } from '../../verifications/history-row.ts';
import type { Verification } from '../../verifications/verification.ts';
import { parseVerificationItem } from '../../verifications/verification-row.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { parseResolution, type Resolution } from './resolution.ts';

/** The table `History`, and a client that reads it. */
export interface StackWithHistory extends Pick<OperatedStack, 'historyTable'> {
  readonly aws: Pick<OperatedStack['aws'], 'dynamodb'>;
}

type StackWithTables = StackWithHistory & Pick<OperatedStack, 'verificationsTable'>;

/** A row of the history, as operators see it. */
export interface OperatedRow extends HistoryRow {
  /** How the quarantined delivery was dealt with; null if it waits in the open quarantine, or never was in quarantine. */
  readonly resolution: Resolution | null;
}

/** Parses an item of the table `History`. @throws Error if the item does not have the format of this project */
export function parseOperatedRow(item: Record<string, AttributeValue>): OperatedRow {
  return { ...parseHistoryItem(item), resolution: parseResolution(item) };
}

/** Everything that the tables know of a case. */
export interface CaseRecord {
  readonly verificationId: string;
  /** The current row; null if there is none: its deliveries were only quarantined, or the row has expired. */
  readonly verification: Verification | null;
  /** When DynamoDB may delete the row, as an ISO 8601 instant; null if there is no row or it does not expire. */
  readonly expiresAt: string | null;
  /** The rows of the history, oldest first: deliveries with their decisions, and published events. */
  readonly history: readonly OperatedRow[];
}

/** Reads a case. @returns null if the tables have nothing under this id */
export async function readCaseRecord(
  stack: StackWithTables,
  verificationId: string,
): Promise<CaseRecord | null> {
  const [item, history] = await Promise.all([
    readRow(stack, verificationId),
    readHistory(stack, verificationId),
  ]);
  if (item === null && history.length === 0) return null;
  const expiresAt = item?.expiresAt?.N;
  return {
    verificationId,
    verification: item && parseVerificationItem(item).verification,
    expiresAt: expiresAt === undefined ? null : new Date(Number(expiresAt) * 1000).toISOString(),
    history,
  };
}

async function readRow(
  { aws, verificationsTable }: StackWithTables,
  verificationId: string,
): Promise<Record<string, AttributeValue> | null> {
  const { Item = null } = await aws.dynamodb.send(
    new GetItemCommand({
      TableName: verificationsTable,
      Key: { verificationId: { S: verificationId } },
      ConsistentRead: true,
    }),
  );
  return Item;
}

/** Reads the rows of a subject of the history, oldest first. */
export async function readHistory(stack: StackWithTables, subject: string): Promise<OperatedRow[]> {
  const rows: OperatedRow[] = [];
  for await (const item of queryHistory(stack, {
    ConsistentRead: true,
    KeyConditionExpression: 'subject = :subject',
    ExpressionAttributeValues: { ':subject': { S: subject } },
  })) {
    rows.push(parseOperatedRow(item));
  }
  return rows;
}

/**
 * Scans the whole table `History`, in no order.
 *
 * @param onPage called after each page with the number of rows that were read so far
 */
export async function* scanHistoryItems(
  { aws, historyTable }: StackWithHistory,
  filter: Omit<ScanCommandInput, 'TableName'>,
  onPage: (rows: number) => void = () => undefined,
): AsyncGenerator<Record<string, AttributeValue>> {
  let rows = 0;
  const pages = paginateScan({ client: aws.dynamodb }, { TableName: historyTable, ...filter });
  for await (const { Items = [], ScannedCount = 0 } of pages) {
    yield* Items;
    rows += ScannedCount;
    onPage(rows);
  }
}

/** Queries the table `History` or one of its indexes, page by page. */
export async function* queryHistory(
  { aws, historyTable }: StackWithHistory,
  query: Omit<QueryCommandInput, 'TableName'>,
): AsyncGenerator<Record<string, AttributeValue>> {
  const pages = paginateQuery({ client: aws.dynamodb }, { TableName: historyTable, ...query });
  for await (const { Items = [] } of pages) yield* Items;
}
