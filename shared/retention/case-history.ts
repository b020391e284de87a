import {
  type AttributeValue,
  BatchWriteItemCommand,
  type DynamoDBClient,
  paginateQuery,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { IdvError } from '../platform/errors.ts';

/** The rows of verifications in the history. */
export interface CaseHistory {
  /**
   * Deletes all rows of a verification that are older than a time.
   *
   * @returns the number of deleted rows
   * @throws HistoryNotDeleted if DynamoDB leaves rows in a batch too often
   */
  deleteBefore(verificationId: string, time: Date): Promise<number>;
  /**
   * Deletes all rows of a verification except one.
   *
   * @param kept the sort key of the row that stays; null if none stays
   * @returns the number of deleted rows
   * @throws HistoryNotDeleted if DynamoDB leaves rows in a batch too often
   */
  deleteExcept(verificationId: string, kept: string | null): Promise<number>;
}

/** Thrown if DynamoDB does not process all rows of a batch, because the table is throttled. */
class HistoryNotDeleted extends IdvError {
  override readonly name = 'HistoryNotDeleted';
}

/** The maximum number of rows that one call of BatchWriteItem deletes. */
const maxBatchRows = 25;
/** With a first pause of 50 ms that doubles, eight tries take about six seconds. */
const maxTries = 8;
const firstPauseMs = 50;

/**
 * Creates the access to the history in DynamoDB. It holds the keys of one page of a query in memory.
 *
 * @param pause waits for this number of milliseconds
 */
export function createDynamoCaseHistory(
  dynamodb: DynamoDBClient,
  table: string,
  pause: (milliseconds: number) => Promise<unknown>,
): CaseHistory {
  return {
    deleteBefore(verificationId, time) {
      // `at` begins with the time of receipt in ISO 8601, so the order of texts is the order of times.
      return deleteRowsOf(verificationId, ({ at }) => (at?.S ?? '') < time.toISOString());
    },
    deleteExcept: (verificationId, kept) => deleteRowsOf(verificationId, ({ at }) => at?.S !== kept),
  };

  async function deleteRowsOf(
    verificationId: string,
    isDeleted: (key: Record<string, AttributeValue>) => boolean,
  ): Promise<number> {
    let count = 0;
    const pages = paginateQuery(
      { client: dynamodb },
      {
        TableName: table,
        KeyConditionExpression: 'subject = :subject',
        ExpressionAttributeNames: { '#at': 'at' },
        ExpressionAttributeValues: { ':subject': { S: verificationId } },
        ProjectionExpression: 'subject, #at',
        ConsistentRead: true,
      },
    );
    for await (const { Items: rows = [] } of pages) {
      const keys = rows.filter(isDeleted);
      for (let start = 0; start < keys.length; start += maxBatchRows) {
        const batch = keys.slice(start, start + maxBatchRows);
        await deleteRows(batch.map((Key) => ({ DeleteRequest: { Key } })));
      }
      count += keys.length;
    }
    return count;
  }

  async function deleteRows(requests: WriteRequest[]): Promise<void> {
    let left = requests;
    for (let tries = 0; left.length > 0; tries += 1) {
      if (tries === maxTries) throw new HistoryNotDeleted(`DynamoDB left ${left.length} rows of a batch`);
      if (tries > 0) await pause(firstPauseMs * 2 ** (tries - 1));
      const { UnprocessedItems: unprocessed } = await dynamodb.send(
        new BatchWriteItemCommand({ RequestItems: { [table]: left } }),
      );
      left = unprocessed?.[table] ?? [];
    }
  }
}
