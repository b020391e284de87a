import { type AttributeValue, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { parseVerificationItem } from '../../verifications/verification-row.ts';
import type { VerificationWrite } from '../../verifications/write.ts';

/** A row of the table `Verifications`, as the scan found it. */
export interface ScannedRow extends VerificationWrite {
  /** When DynamoDB may delete the row, in seconds since 1970; null if the row does not expire. */
  readonly expiresAt: number | null;
}

/** An item that is no row of this project. The scan continues after it. */
export interface UnreadableRow {
  readonly verificationId: string;
  readonly error: unknown;
}

/** Reads all rows of the table `Verifications`, page by page. */
export async function* scanVerifications(
  dynamodb: DynamoDBClient,
  TableName: string,
): AsyncGenerator<ScannedRow | UnreadableRow> {
  for await (const { Items = [] } of paginateScan(
    { client: dynamodb },
    { TableName, ConsistentRead: true },
  )) {
    for (const item of Items) yield readRow(item);
  }
}

function readRow(item: Record<string, AttributeValue>): ScannedRow | UnreadableRow {
  try {
    return { ...parseVerificationItem(item), expiresAt: readExpiry(item) };
  } catch (error) {
    return { verificationId: item.verificationId?.S ?? '?', error };
  }
}

function readExpiry({ expiresAt }: Record<string, AttributeValue>): number | null {
  return expiresAt?.N === undefined ? null : Number(expiresAt.N);
}
