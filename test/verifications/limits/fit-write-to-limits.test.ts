import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyFindings, type Findings } from '../../../shared/contract/identity.ts';
import type { Reason } from '../../../shared/contract/state.ts';
import { applyTransition } from '../../../shared/verifications/apply-transition.ts';
import { compressBody } from '../../../shared/verifications/compress-body.ts';
import type { Delivery } from '../../../shared/verifications/delivery.ts';
import { fitWriteToLimits } from '../../../shared/verifications/limits/fit-write-to-limits.ts';
import { countItemBytes } from '../../../shared/verifications/limits/item-size.ts';
import { maxInlineBodyBytes } from '../../../shared/verifications/limits/offload-body.ts';
import type { VerificationWrite } from '../../../shared/verifications/write.ts';
import { incomingTransition } from '../../support/deliveries.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';
import { transition } from '../../support/transitions.ts';

const KiB = 1024;
const bucket = 'a-bucket';

interface Parts {
  readonly findings?: Findings;
  readonly gzip?: Uint8Array<ArrayBuffer>;
  readonly reasons?: Reason[];
}

/** Builds the write of the accepted delivery `delivery-1`. */
function writeOf({
  findings = emptyFindings,
  gzip = gzipSync('a body'),
  reasons = [],
}: Parts): VerificationWrite {
  const delivery: Delivery = {
    deliveryId: 'delivery-1',
    provider: 'idnow',
    receivedAt: '2026-11-22T10:15:00Z',
    body: { kind: 'inline', gzip },
  };
  const success = transition('SUCCESS', { findings, reasons });
  const applied = applyTransition(null, { ...incomingTransition(success, 'delivery-1'), delivery });
  return applied.kind === 'accepted' ? applied.write : expect.unreachable('the delivery was not accepted');
}

const filledWith = (text: string): Findings => ({ ...emptyFindings, provider_data: { text } });
const eventOf = (write: VerificationWrite) => JSON.parse(write.outbox.events[0] ?? '');
const findingsKey = 'findings/idnow/idnow!democompany!txn-1/delivery-1.json';
const bodyKey = 'deliveries/idnow/idnow!democompany!txn-1/delivery-1.gz';

describe('fitWriteToLimits for large findings', () => {
  const findingsOf = (bytes: number) => {
    const around = Buffer.byteLength(JSON.stringify(filledWith('é')));
    return filledWith(`é${'x'.repeat(bytes - around)}`);
  };

  test('findings of 184 KiB stay in the event', () => {
    const write = writeOf({ findings: findingsOf(184 * KiB) });
    expect(fitWriteToLimits(write, bucket)).toEqual({ write, objects: [] });
  });

  test('findings of 184 KiB and one byte go to the bucket', () => {
    const { objects } = fitWriteToLimits(writeOf({ findings: findingsOf(184 * KiB + 1) }), bucket);
    expect(objects.map(({ key }) => key)).toEqual([findingsKey]);
  });
});

describe('fitWriteToLimits for a large event', () => {
  /** Many reasons, which make an event long even without findings. */
  const reasons = Array.from({ length: 199 }, (_, index) => ({
    code: 'other',
    category: 'other' as const,
    providerCode: `${'C'.repeat(97)}${index}`,
  }));
  const withReasons = (text: string) => writeOf({ findings: filledWith(text), reasons });
  const room = 200 * KiB - Buffer.byteLength(withReasons('').outbox.events[0] ?? '');

  test('an event of 200 KiB keeps its findings', () => {
    const write = withReasons('x'.repeat(room));
    expect(fitWriteToLimits(write, bucket)).toEqual({ write, objects: [] });
  });

  test.each([
    ['200 KiB and one byte', 'x'.repeat(room + 1)],
    // U+FFFF goes to SQS as an escape of six characters. Only with its three bytes in UTF-8 would this text fit.
    ['more than 200 KiB after escapes for SQS', '\uffff'.repeat(Math.ceil((room + 1) / 6))],
    ['more than 200 KiB after its emoji are escaped', '😀'.repeat(Math.ceil((room + 1) / 12))],
  ])(
    'the findings of an event above 200 KiB go to the bucket, below a key with the verification’s id: %s',
    (_title, text) => {
      // Prepare
      const findings = filledWith(text);
      // Act
      const { write, objects } = fitWriteToLimits(withReasons(text), bucket);
      // Assess
      expect(eventOf(write)).toMatchObject({
        dataref: `s3://a-bucket/${findingsKey}`,
        data: { outcome: 'approved', sequence: 1, ...emptyFindings },
      });
      expect(objects.map(({ key, contentType }) => [key, contentType])).toEqual([
        [findingsKey, 'application/json'],
      ]);
      expect(JSON.parse(Buffer.from(objects[0]?.bytes ?? []).toString())).toEqual(findings);
    },
  );
});

describe('fitWriteToLimits for a large raw body', () => {
  test('a compressed body of 100 KiB stays in the row', () => {
    const write = writeOf({ gzip: randomBytes(maxInlineBodyBytes) });
    expect(fitWriteToLimits(write, bucket)).toEqual({ write, objects: [] });
  });

  test('a compressed body of more than 100 KiB goes to the bucket, below a key with the verification’s id', async () => {
    // Prepare
    const body = randomBytes(maxInlineBodyBytes + 1);
    const compressed = await compressBody(body);
    const gzip =
      compressed.kind === 'inline' ? compressed.gzip : expect.unreachable('the body is not in the row');
    // Act
    const { write, objects } = fitWriteToLimits(writeOf({ gzip }), bucket);
    // Assess
    expect(write.outbox.delivery?.body).toEqual({ kind: 'object', bucket, key: bodyKey });
    expect(objects.map(({ key, contentType }) => [key, contentType])).toEqual([
      [bodyKey, 'application/gzip'],
    ]);
    expect(gunzipSync(objects[0]?.bytes ?? '').equals(body)).toBe(true);
  });
});

describe('fitWriteToLimits for a write whose parts fit only separately', () => {
  const parts = { findings: filledWith('x'.repeat(50 * KiB)), gzip: randomBytes(50 * KiB) };

  test('if a write is too large, its findings go to the bucket before its raw body', () => {
    const { write, objects } = fitWriteToLimits(writeOf(parts), bucket, { itemBytes: 60 * KiB });
    expect(objects.map(({ key }) => key)).toEqual([findingsKey]);
    expect(write.outbox.delivery?.body.kind).toBe('inline');
  });

  test('if a write is still too large without its findings, its raw body goes to the bucket too', () => {
    const { objects } = fitWriteToLimits(writeOf(parts), bucket, { itemBytes: 40 * KiB });
    expect(objects.map(({ key }) => key)).toEqual([findingsKey, bodyKey]);
  });

  test('a write that is too large even without findings and raw body throws an error with its verification id', () => {
    const fitting = () => fitWriteToLimits(writeOf(parts), bucket, { itemBytes: 500 });
    expect(fitting).toThrow(/^idnow:democompany:txn-1: \d+ bytes do not fit one item$/);
  });
});

describe('itemBytes', () => {
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

  test('an item of 400 KB by our count fits the DynamoDB table, and an item with one more byte does not', async () => {
    // Prepare
    const room = 400 * KiB - countItemBytes(itemOf(''));
    const put = (filler: string) =>
      dynamodb.client.send(new PutItemCommand({ TableName: 'Items', Item: itemOf(filler) }));
    // Act and assess
    await expect(put('x'.repeat(room))).resolves.toBeDefined();
    await expect(put('x'.repeat(room + 1))).rejects.toThrow(/size/i);
  });
});
