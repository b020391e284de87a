import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Findings, noFindings } from '../../../shared/contract/identity.ts';
import type { Reason } from '../../../shared/contract/state.ts';
import { applyTransition } from '../../../shared/verifications/apply-transition.ts';
import type { Delivery } from '../../../shared/verifications/delivery.ts';
import { maxInlineBodyBytes } from '../../../shared/verifications/limits/body-outside.ts';
import { fitWrite } from '../../../shared/verifications/limits/fit-write.ts';
import { itemBytes } from '../../../shared/verifications/limits/item-size.ts';
import { packBody } from '../../../shared/verifications/pack-body.ts';
import type { Write } from '../../../shared/verifications/write.ts';
import { arrivalOf } from '../../support/deliveries.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { transition } from '../../support/transitions.ts';

const KiB = 1024;
const bucket = 'a-bucket';

interface Parts {
  readonly findings?: Findings;
  readonly gzip?: Uint8Array<ArrayBuffer>;
  readonly reasons?: Reason[];
}

/** The write of a delivery `delivery-1`. */
function writeOf({ findings = noFindings, gzip = gzipSync('a body'), reasons = [] }: Parts): Write {
  const delivery: Delivery = {
    deliveryId: 'delivery-1',
    provider: 'idnow',
    receivedAt: '2026-11-22T10:15:00Z',
    body: { kind: 'inline', gzip },
  };
  const arriving = transition('SUCCESS', { findings, reasons });
  const applied = applyTransition(null, { ...arrivalOf(arriving, 'delivery-1'), delivery });
  return 'write' in applied ? applied.write : expect.unreachable('the delivery was not accepted');
}

const filledWith = (text: string): Findings => ({ ...noFindings, provider_data: { text } });
const eventOf = (write: Write) => JSON.parse(write.outbox.events[0] ?? '');
const findingsKey = 'findings/idnow/idnow!democompany!txn-1/delivery-1.json';
const bodyKey = 'deliveries/idnow/idnow!democompany!txn-1/delivery-1.gz';

describe('findings', () => {
  const findingsOf = (bytes: number) => {
    const around = Buffer.byteLength(JSON.stringify(filledWith('é')));
    return filledWith(`é${'x'.repeat(bytes - around)}`);
  };

  test('of 184 KiB stay in the event', () => {
    const write = writeOf({ findings: findingsOf(184 * KiB) });
    expect(fitWrite(write, bucket)).toEqual({ write, objects: [] });
  });

  test('of one byte more go to the bucket', () => {
    const { objects } = fitWrite(writeOf({ findings: findingsOf(184 * KiB + 1) }), bucket);
    expect(objects.map(({ key }) => key)).toEqual([findingsKey]);
  });
});

describe('an event', () => {
  /** What else an event may be long of. */
  const reasons = Array.from({ length: 199 }, (_, index) => ({
    code: 'other',
    category: 'other' as const,
    providerCode: `${'C'.repeat(97)}${index}`,
  }));
  const withReasons = (text: string) => writeOf({ findings: filledWith(text), reasons });
  const room = 200 * KiB - Buffer.byteLength(withReasons('').outbox.events[0] ?? '');

  test('of 200 KiB keeps its findings', () => {
    const write = withReasons('x'.repeat(room));
    expect(fitWrite(write, bucket)).toEqual({ write, objects: [] });
  });

  test.each([
    ['one byte more', 'x'.repeat(room + 1)],
    // SQS takes it as an escape of six characters; three bytes of UTF-8 each would fit.
    ['one byte more once SQS has escaped it', '\uffff'.repeat(Math.ceil((room + 1) / 6))],
    ['one byte more once emoji are escaped', '😀'.repeat(Math.ceil((room + 1) / 12))],
  ])('of %s leaves them in the bucket, whole, below its verification', (_what, text) => {
    // Prepare
    const findings = filledWith(text);
    // Act
    const { write, objects } = fitWrite(withReasons(text), bucket);
    // Assess
    expect(eventOf(write)).toMatchObject({
      dataref: `s3://a-bucket/${findingsKey}`,
      data: { outcome: 'approved', sequence: 1, ...noFindings },
    });
    expect(objects.map(({ key, contentType }) => [key, contentType])).toEqual([
      [findingsKey, 'application/json'],
    ]);
    expect(JSON.parse(Buffer.from(objects[0]?.bytes ?? []).toString())).toEqual(findings);
  });
});

describe('a raw body', () => {
  test('of 100 KiB once packed stays in the row', () => {
    const write = writeOf({ gzip: randomBytes(maxInlineBodyBytes) });
    expect(fitWrite(write, bucket)).toEqual({ write, objects: [] });
  });

  test('of one byte more goes to the bucket, below its verification', async () => {
    // Prepare
    const body = randomBytes(maxInlineBodyBytes + 1);
    const packed = await packBody(body);
    const gzip = packed.kind === 'inline' ? packed.gzip : expect.unreachable('it is not packed');
    // Act
    const { write, objects } = fitWrite(writeOf({ gzip }), bucket);
    // Assess
    expect(write.outbox.delivery?.body).toEqual({ kind: 'object', bucket, key: bodyKey });
    expect(objects.map(({ key, contentType }) => [key, contentType])).toEqual([
      [bodyKey, 'application/gzip'],
    ]);
    expect(gunzipSync(objects[0]?.bytes ?? '').equals(body)).toBe(true);
  });
});

describe('a write that does not fit as a whole, though each part of it would', () => {
  const parts = { findings: filledWith('x'.repeat(50 * KiB)), gzip: randomBytes(50 * KiB) };

  test('first leaves the findings in the bucket', () => {
    const { write, objects } = fitWrite(writeOf(parts), bucket, { itemBytes: 60 * KiB });
    expect(objects.map(({ key }) => key)).toEqual([findingsKey]);
    expect(write.outbox.delivery?.body.kind).toBe('inline');
  });

  test('then leaves the body in the bucket as well', () => {
    const { objects } = fitWrite(writeOf(parts), bucket, { itemBytes: 40 * KiB });
    expect(objects.map(({ key }) => key)).toEqual([findingsKey, bodyKey]);
  });

  test('is refused by name where nothing is left to move', () => {
    const fitting = () => fitWrite(writeOf(parts), bucket, { itemBytes: 500 });
    expect(fitting).toThrow(/^idnow:democompany:txn-1: \d+ bytes do not fit one item$/);
  });
});

describe('the size of an item', () => {
  let dynamodb: DynamoDbUnderTest;
  beforeAll(async () => {
    dynamodb = await startDynamoDb();
    await dynamodb.createTable('Items', 'id');
  });
  afterAll(() => dynamodb?.stop());

  const itemOf = (filler: string) => ({
    id: { S: 'é' },
    list: { L: [{ S: 'a' }, { M: { inner: { NULL: true as const }, flag: { BOOL: true } } }] },
    bytes: { B: new Uint8Array(1000) },
    filler: { S: filler },
  });

  test('is counted as the table counts it: 400 KB are taken, a byte more is not', async () => {
    // Prepare
    const room = 400 * KiB - itemBytes(itemOf(''));
    const put = (filler: string) =>
      dynamodb.client.send(new PutItemCommand({ TableName: 'Items', Item: itemOf(filler) }));
    // Act and assess
    await expect(put('x'.repeat(room))).resolves.toBeDefined();
    await expect(put('x'.repeat(room + 1))).rejects.toThrow(/size/i);
  });
});
