import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { Delivery, LedgerEntry } from '../../shared/verifications/delivery.ts';
import type { SystemUnderTest } from './system-under-test.ts';

const Row = z.object({ ...Delivery.shape, ...LedgerEntry.shape });
export type LedgerRow = z.infer<typeof Row>;

/** Reads the rows of a subject from the ledger, in key order. @param subject a verification id, or `quarantine:idnow` */
export async function ledgerRows({ system }: SystemUnderTest, subject: string): Promise<LedgerRow[]> {
  const { endpoints, region, credentials, outputs } = system.stack;
  const dynamodb = new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials });
  try {
    const { Items = [] } = await dynamodb.send(
      new QueryCommand({
        TableName: outputs.DeliveriesTableName,
        KeyConditionExpression: 'subject = :subject',
        ExpressionAttributeValues: { ':subject': { S: subject } },
      }),
    );
    return z.array(Row).parse(Items.map((item) => unmarshall(item)));
  } finally {
    dynamodb.destroy();
  }
}

/** Reads the raw body of a delivery from its row in the ledger, or from the bucket if the body is stored there. */
export async function rawBody({ s3 }: SystemUnderTest, { body }: LedgerRow): Promise<Buffer> {
  if (body.kind === 'inline') return gunzipSync(body.gzip);
  const object = await s3.send(new GetObjectCommand({ Bucket: body.bucket, Key: body.key }));
  return gunzipSync((await object.Body?.transformToByteArray()) ?? '');
}
