import { gunzipSync } from 'node:zlib';
import { DynamoDBClient, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { LocalStack } from '../../local/stack/local-stack.ts';
import type { Delivery } from '../../shared/verifications/delivery.ts';
import {
  type HistoryRow,
  parseHistoryItem,
  quarantineShards,
} from '../../shared/verifications/history-row.ts';
import { restoreRawBody } from '../../shared/verifications/raw-body.ts';
import type { SystemUnderTest } from './system-under-test.ts';

/** A system whose tables the helpers read: the local stack, or a deployed stack. */
export interface SystemWithTables {
  readonly system: {
    readonly stack: Pick<LocalStack, 'region' | 'credentials' | 'outputs'> & {
      readonly endpoints: Pick<LocalStack['endpoints'], 'dynamodb'>;
    };
  };
}

/** A row of the history that has a delivery. */
export type DeliveryRow = HistoryRow & { readonly delivery: Delivery };

/** Reads the rows of a subject from the history, in key order. @param subject a verification id */
export async function historyRows({ system }: SystemWithTables, subject: string): Promise<HistoryRow[]> {
  return queryHistory(system, {
    KeyConditionExpression: 'subject = :subject',
    ExpressionAttributeValues: { ':subject': { S: subject } },
  });
}

/** Reads the row of a quarantined delivery, which it finds in the index of open quarantine. */
export async function quarantinedRow(
  sut: SystemWithTables,
  provider: string,
  deliveryId: string,
): Promise<DeliveryRow> {
  const key = (await openQuarantineKeys(sut, provider)).find(({ at }) => at.endsWith(`#${deliveryId}`));
  const rows = key === undefined ? [] : await deliveryRows(sut, key.subject);
  const row = rows.find(({ delivery }) => delivery.deliveryId === deliveryId);
  if (row === undefined) throw new Error(`the history has no quarantined delivery ${deliveryId}`);
  return row;
}

/** Reads the deliveries of a verification from the history, in key order. */
export async function deliveryRows(underTest: SystemWithTables, subject: string): Promise<DeliveryRow[]> {
  return (await historyRows(underTest, subject)).flatMap((row) =>
    row.delivery === null ? [] : [{ ...row, delivery: row.delivery }],
  );
}

type System = SystemWithTables['system'];

/** Queries the history. */
async function queryHistory(
  system: System,
  query: Omit<QueryCommandInput, 'TableName'>,
): Promise<HistoryRow[]> {
  return (await queryItems(system, query)).map(parseHistoryItem);
}

/** Returns the keys of the rows that an index of the history names for a partition, without the rows themselves. */
export async function queryIndex(
  { system }: SystemWithTables,
  IndexName: 'byReference' | 'openQuarantine',
  partition: string,
): Promise<{ subject: string; at: string }[]> {
  const attribute = IndexName === 'byReference' ? 'reference' : 'openQuarantine';
  const items = await queryItems(system, {
    IndexName,
    KeyConditionExpression: '#partition = :partition',
    ExpressionAttributeNames: { '#partition': attribute },
    ExpressionAttributeValues: { ':partition': { S: partition } },
  });
  return items.map(({ subject, at }) => ({ subject: subject?.S ?? '', at: at?.S ?? '' }));
}

/** Returns the ids of the quarantined deliveries of a provider that are open today. */
export async function openQuarantine(sut: SystemWithTables, provider: string): Promise<string[]> {
  return (await openQuarantineKeys(sut, provider)).map(({ at }) => at.replace(/^[^#]*#/, ''));
}

/** Returns the keys of the rows of open quarantine of a provider today, from all shards. */
export async function openQuarantineKeys(sut: SystemWithTables, provider: string) {
  const day = new Date().toISOString().slice(0, 10);
  const shards = Array.from({ length: quarantineShards }, (_, shard) => `${provider}:${day}:${shard}`);
  return (await Promise.all(shards.map((each) => queryIndex(sut, 'openQuarantine', each)))).flat();
}

async function queryItems({ stack }: System, query: Omit<QueryCommandInput, 'TableName'>) {
  const { endpoints, region, credentials, outputs } = stack;
  const dynamodb = new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials });
  try {
    const { Items = [] } = await dynamodb.send(
      new QueryCommand({ TableName: outputs.HistoryTableName, ...query }),
    );
    return Items;
  } finally {
    dynamodb.destroy();
  }
}

/** Reads the raw body of a delivery from its row in the history, or from the bucket if the body is stored there. */
export async function rawBody(
  { s3 }: Pick<SystemUnderTest, 's3'>,
  { delivery: { body } }: DeliveryRow,
): Promise<Buffer> {
  if (body.kind !== 'object') return restoreRawBody(body);
  const object = await s3.send(new GetObjectCommand({ Bucket: body.bucket, Key: body.key }));
  return gunzipSync((await object.Body?.transformToByteArray()) ?? '');
}
