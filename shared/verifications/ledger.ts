import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Delivery, LedgerEntry } from './delivery.ts';

/** Records every authentic delivery, accepted or not. No delivery is dropped without a row. */
export interface Ledger {
  /** Records a delivery. Recording the same delivery again is safe. */
  record(delivery: Delivery, entry: LedgerEntry): Promise<void>;
}

/**
 * Creates the ledger in the table `Deliveries`. The partition key `subject` is the verification, or
 * `quarantine:{provider}` for deliveries that we do not understand: one query lists them. The sort key `at` is
 * `{receivedAt}#{deliveryId}`: queries return rows in the order of receipt.
 */
export function dynamoLedger(dynamodb: DynamoDBClient, table: string, retentionSeconds: number): Ledger {
  return {
    async record(delivery, entry) {
      const isQuarantined = entry.decision === 'quarantined' || entry.verificationId === null;
      const row = {
        ...delivery,
        ...entry,
        subject: isQuarantined ? `quarantine:${delivery.provider}` : entry.verificationId,
        at: `${delivery.receivedAt}#${delivery.deliveryId}`,
        expiresAt: Math.floor(Date.parse(delivery.receivedAt) / 1000) + retentionSeconds,
      };
      const put = { TableName: table, Item: marshall(row) };
      await dynamodb
        .send(new PutItemCommand(entry.decision === 'accepted' ? put : { ...put, ...onlyIfNew }))
        .catch(ignoreExistingRow);
    },
  };
}

/**
 * Keeps the row of an accepted delivery. If DynamoDB's answer was lost, the repeated write looks like a duplicate of the
 * same delivery. The row with the decision `accepted` must stay, whichever row is written first.
 */
const onlyIfNew = { ConditionExpression: 'attribute_not_exists(subject)' };

function ignoreExistingRow(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}
