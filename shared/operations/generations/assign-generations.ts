import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { formatGeneration } from '../../contract/generation.ts';
import { carryWrite } from '../../verifications/unconfirmed-writes.ts';
import { convertWriteToItem, parseVerificationItem } from '../../verifications/verification-row.ts';
import { type ScannedRow, scanVerifications } from './scan-verifications.ts';
import { startGeneration } from './start-generation.ts';

interface AssignGenerations {
  readonly dynamodb: DynamoDBClient;
  readonly verificationsTable: string;
  /** The start of the new generation. Rows that are as new or newer stay as they are. */
  readonly at: Date;
  readonly newId: () => string;
  /** False for a dry run, which writes nothing. */
  readonly apply: boolean;
}

export interface AssignedGenerations {
  readonly generation: string;
  /** The number of rows with a new generation. */
  readonly assigned: number;
  /** The number of rows that were as new or newer already. */
  readonly newer: number;
  /** The ids of items that are no rows of this project. */
  readonly unreadable: readonly string[];
}

/**
 * Gives each row of the table `Verifications` a new generation, after the table was restored. Consumers then apply the next
 * event of each case, although they know higher sequences of the generation before. Running it again with the same time
 * continues where an interrupted run stopped.
 */
export async function assignGenerations(operation: AssignGenerations): Promise<AssignedGenerations> {
  const { dynamodb, verificationsTable, at } = operation;
  const generation = formatGeneration(at.toISOString());
  const counts = { assigned: 0, newer: 0 };
  const unreadable: string[] = [];
  for await (const row of scanVerifications(dynamodb, verificationsTable)) {
    if ('error' in row) unreadable.push(row.verificationId);
    else counts[await assign(row, generation, operation)] += 1;
  }
  return { generation, ...counts, unreadable };
}

/** Gives one row a new generation. If a delivery changes the row at the same time, it starts again from the new row. */
async function assign(
  row: ScannedRow,
  generation: string,
  operation: AssignGenerations,
): Promise<'assigned' | 'newer'> {
  let current = row;
  while (current.verification.generation < generation) {
    const found = operation.apply ? await write(current, generation, operation) : null;
    if (found === null) return 'assigned';
    current = found;
  }
  return 'newer';
}

/** @returns null if the row was written or is gone; else the row as another writer has left it */
async function write(
  row: ScannedRow,
  generation: string,
  { dynamodb, verificationsTable, at, newId }: AssignGenerations,
): Promise<ScannedRow | null> {
  const { verification, expiresAt } = row;
  const next = startGeneration(carryWrite(row), { generation, at: at.toISOString(), writeId: newId() });
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName: verificationsTable,
        Item: convertWriteToItem(next, expiresAt),
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': { S: verification.version } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return null;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return error.Item === undefined ? null : { ...parseVerificationItem(error.Item), expiresAt };
  }
}
