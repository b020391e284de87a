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

/** An object in the bucket that a row refers to. The object is stored before the row. */
export function createDynamoLedger(
  dynamodb: DynamoDBClient,
  table: string,
  retentionSeconds: number,
): Ledger {
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
 * Ledger rows with another decision than `accepted` have this condition: they do not replace an existing row. The
 * reason: if DynamoDB's answer to an accepted write is lost, the next try finds its own transition and decides
 * `duplicate`. The row `accepted` must then stay. A row `accepted` has no condition, so it replaces a row `duplicate`
 * that was written first.
 */
const onlyIfNew = { ConditionExpression: 'attribute_not_exists(subject)' };

function ignoreExistingRow(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}
