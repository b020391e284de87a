import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Delivery, DeliveryDecision } from './delivery.ts';
import {
  convertDeliveryToHistoryItem,
  convertWriteToHistoryItem,
  type PublishedWrite,
} from './history-row.ts';

/** The table `History`: every authentic delivery with its decision, and every published event. */
export interface History {
  /** Records a delivery that was dropped or quarantined. Recording it again is safe. */
  recordDelivery(delivery: Delivery, decision: DeliveryDecision): Promise<void>;
  /** Records a write: its event as published, and the accepted delivery. Recording it again is safe. */
  recordWrite(write: PublishedWrite): Promise<void>;
}

/** @param retentionSeconds how long the history of a case is kept after its final decision */
export function createDynamoHistory(
  dynamodb: DynamoDBClient,
  table: string,
  retentionSeconds: number,
): History {
  return {
    async recordDelivery(delivery, decision) {
      const Item = convertDeliveryToHistoryItem(delivery, decision, retentionSeconds);
      await dynamodb
        .send(new PutItemCommand({ TableName: table, Item, ...onlyIfNew }))
        .catch(ignoreExistingRow);
    },
    async recordWrite(write) {
      const Item = convertWriteToHistoryItem(write, retentionSeconds);
      await dynamodb.send(new PutItemCommand({ TableName: table, Item }));
    },
  };
}

/**
 * Rows of dropped deliveries have this condition: they do not replace an existing row. The reason: if DynamoDB's answer to
 * an accepted write is lost, the next try finds its own transition and decides `duplicate`. The row `accepted` must then
 * stay. A row `accepted` has no condition, so it replaces a row `duplicate` that was written first.
 */
const onlyIfNew = { ConditionExpression: 'attribute_not_exists(subject)' };

function ignoreExistingRow(error: unknown): void {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
}
