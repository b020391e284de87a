import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { Delivery } from '../../shared/verifications/delivery.ts';
import { type HistoryRow, parseHistoryItem } from '../../shared/verifications/history-row.ts';
import { restoreRawBody } from '../../shared/verifications/raw-body.ts';
import type { SystemUnderTest } from './system-under-test.ts';

/** A row of the history that has a delivery. */
export type DeliveryRow = HistoryRow & { readonly delivery: Delivery };

/** Reads the rows of a subject from the history, in key order. @param subject a verification id */
export async function historyRows({ system }: SystemUnderTest, subject: string): Promise<HistoryRow[]> {
  return queryHistory(system, {
    KeyConditionExpression: 'subject = :subject',
    ExpressionAttributeValues: { ':subject': { S: subject } },
  });
}

/** Reads the deliveries of a verification from the history, in key order. */
export async function deliveryRows(underTest: SystemUnderTest, subject: string): Promise<DeliveryRow[]> {
  return (await historyRows(underTest, subject)).flatMap((row) =>
    row.delivery === null ? [] : [{ ...row, delivery: row.delivery }],
  );
}

type System = SystemUnderTest['system'];
type Query = Omit<ConstructorParameters<typeof QueryCommand>[0], 'TableName'>;

/** Queries the history or one of its indexes, and reads the rows that the keys of the answer name. */
export async function queryHistory({ stack }: System, query: Query): Promise<HistoryRow[]> {
  const { endpoints, region, credentials, outputs } = stack;
  const dynamodb = new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials });
  try {
    const { Items = [] } = await dynamodb.send(
      new QueryCommand({ TableName: outputs.HistoryTableName, ...query }),
    );
    return Items.map(parseHistoryItem);
  } finally {
    dynamodb.destroy();
  }
}

/** Reads the raw body of a delivery from its row in the history, or from the bucket if the body is stored there. */
export async function rawBody({ s3 }: SystemUnderTest, { delivery: { body } }: DeliveryRow): Promise<Buffer> {
  if (body.kind !== 'object') return restoreRawBody(body);
  const object = await s3.send(new GetObjectCommand({ Bucket: body.bucket, Key: body.key }));
  return gunzipSync((await object.Body?.transformToByteArray()) ?? '');
}
