import { gunzipSync } from 'node:zlib';
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { ChangeMessageVisibilityCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { SystemUnderTest } from './system-under-test.ts';

/**
 * Searches all tables, objects, queues and logs of a system for a text, also in what is compressed or in base64. It hides no
 * message of a queue for longer than the search.
 *
 * @returns the places that have the text, such as `table History`, `bucket evidence/` or `queue EventsQueueUrl`
 */
export async function findEverywhere(sut: SystemUnderTest, text: string): Promise<string[]> {
  const found = [await findInTables(sut, text), await findInBucket(sut, text), await findInQueues(sut, text)];
  const logs = sut.logs.some((line) => line.includes(text)) ? ['logs'] : [];
  return [...new Set([...found.flat(), ...logs])].toSorted();
}

async function findInTables({ dynamodb, system }: SystemUnderTest, text: string): Promise<string[]> {
  const places: string[] = [];
  for (const table of ['Verifications', 'History', 'Sessions']) {
    const TableName = system.stack.outputs[`${table}TableName`];
    const pages = paginateScan({ client: dynamodb }, { TableName, ConsistentRead: true });
    for await (const { Items = [] } of pages)
      if (Items.some((item) => contains(item, text))) places.push(`table ${table}`);
  }
  return places;
}

async function findInBucket({ s3, system }: SystemUnderTest, text: string): Promise<string[]> {
  const Bucket = system.stack.outputs.EvidenceBucketName;
  const places: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket })) {
    for (const { Key = '' } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      if (Key.includes(text) || bytesContain(bytes, text)) places.push(`bucket ${Key.split('/')[0]}/`);
    }
  }
  return places;
}

async function findInQueues(sut: SystemUnderTest, text: string): Promise<string[]> {
  const places: string[] = [];
  for (const [name, queueUrl] of Object.entries(sut.system.stack.outputs)) {
    if (!/Queue.*Url$/.test(name)) continue;
    if ((await peek(sut, queueUrl)).some((body) => body.includes(text))) places.push(`queue ${name}`);
  }
  return places;
}

/** Returns the bodies of all visible messages of a queue, and makes them visible again. */
export async function peek({ sqs }: SystemUnderTest, QueueUrl: string): Promise<string[]> {
  const handles: string[] = [];
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 60,
        WaitTimeSeconds: 0,
      }),
    );
    if (Messages.length === 0) break;
    for (const { Body = '', ReceiptHandle = '' } of Messages) {
      bodies.push(Body);
      handles.push(ReceiptHandle);
    }
  }
  for (const ReceiptHandle of handles)
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  return bodies;
}

function contains(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value.includes(text);
  if (value instanceof Uint8Array) return bytesContain(value, text);
  return Object.entries(Object(value)).some(([name, each]) => name.includes(text) || contains(each, text));
}

/** Searches bytes, and what they are when decompressed. A row can contain a body that is no UTF-8, as base64 in its JSON. */
function bytesContain(bytes: Uint8Array, text: string): boolean {
  const buffer = Buffer.from(bytes);
  if (buffer.includes(text)) return true;
  const isGzip = buffer[0] === 0x1f && buffer[1] === 0x8b;
  if (isGzip) return bytesContain(gunzipSync(buffer), text);
  const encoded = buffer.toString('latin1').matchAll(/[A-Za-z0-9+/]{40,}={0,2}/g);
  return [...encoded].some(([match]) => Buffer.from(match, 'base64').includes(text));
}
