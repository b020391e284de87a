import { type HistoryRow, parseHistoryItem } from '../../verifications/history-row.ts';
import { type StackWithHistory, scanHistoryItems } from '../case/case-record.ts';

/**
 * Reads the rows of all cases since a time, in no order. The rows of the audit are left out.
 *
 * @param onPage called after each page with the number of rows that were read so far
 */
export async function* scanHistory(
  stack: StackWithHistory,
  since: Date,
  onPage: (rows: number) => void,
): AsyncGenerator<HistoryRow> {
  const filter = {
    FilterExpression: '#at >= :since AND attribute_exists(decision)',
    ExpressionAttributeNames: { '#at': 'at' },
    ExpressionAttributeValues: { ':since': { S: since.toISOString() } },
  };
  for await (const item of scanHistoryItems(stack, filter, onPage)) yield parseHistoryItem(item);
}
