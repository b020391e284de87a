import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Delivery, Verdict } from './delivery.ts';

/** The book of all authentic deliveries: nothing is dropped in silence. */
export interface Ledger {
  /** Writing the same delivery again is harmless. */
  record(delivery: Delivery, verdict: Verdict): Promise<void>;
}

/**
 * Rows of the table `Deliveries`. Partition: the verification, or `quarantine:{provider}` for what was not
 * understood, so that one query lists it. Sort: `{receivedAt}#{deliveryId}`, so that it reads in order.
 */
export function dynamoLedger(dynamodb: DynamoDBClient, table: string, retentionSeconds: number): Ledger {
  return {
    async record(delivery, verdict) {
      const quarantined = verdict.decision === 'quarantined' || verdict.verificationId === null;
      const row = {
        ...delivery,
        ...verdict,
        subject: quarantined ? `quarantine:${delivery.provider}` : verdict.verificationId,
        at: `${delivery.receivedAt}#${delivery.deliveryId}`,
        expiresAt: Math.floor(Date.parse(delivery.receivedAt) / 1000) + retentionSeconds,
      };
      const put = { TableName: table, Item: marshall(row) };
      await dynamodb
        .send(new PutItemCommand(verdict.decision === 'accepted' ? put : { ...put, ...onlyNew }))
        .catch(ignoreKnown);
    },
  };
}

/**
 * A delivery that was accepted, but whose answer from DynamoDB was lost, may look like a duplicate of itself: the
 * row that says what really became of it stays, whichever is written first.
 */
const onlyNew = { ConditionExpression: 'attribute_not_exists(subject)' };

function ignoreKnown(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}
