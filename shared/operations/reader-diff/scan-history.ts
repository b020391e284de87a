import { paginateScan } from '@aws-sdk/client-dynamodb';
import { type HistoryRow, parseHistoryItem } from '../../verifications/history-row.ts';
import type { StackWithHistory } from '../case/case-record.ts';

/**
 * Reads the rows of all cases since a time, in no order. The rows of the audit are left out.
 *
 * @param onPage called after each page with the number of rows that were read so far
 */
export async function* scanHistory(
  { aws, historyTable }: StackWithHistory,
  since: Date,
  onPage: (rows: number) => void,
): AsyncGenerator<HistoryRow> {
  let rows = 0;
  const scan = {
    TableName: historyTable,
    FilterExpression: '#at >= :since AND attribute_exists(decision)',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':since': { S: since.toISOString() } },
  };
  for await (const { Items = [], ScannedCount = 0 } of paginateScan({ client: aws.dynamodb }, scan)) {
    for (const item of Items) yield parseHistoryItem(item);
    rows += ScannedCount;
    onPage(rows);
  }
}
