import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { emptyFindings, type Findings } from '../../../shared/contract/identity.ts';
import type { Reason } from '../../../shared/contract/state.ts';
import { applyTransition } from '../../../shared/verifications/apply-transition.ts';
import { fitWriteToLimits } from '../../../shared/verifications/limits/fit-write-to-limits.ts';
import { storeRawBody } from '../../../shared/verifications/raw-body.ts';
import type { VerificationWrite } from '../../../shared/verifications/write.ts';
import { eventOfWrite, incomingTransition, makeDelivery } from '../../support/deliveries.ts';
import { transition } from '../../support/transitions.ts';
import { withoutDigest } from '../../support/without-digest.ts';

const KiB = 1024;
const bucket = 'a-bucket';

interface Parts {
  readonly findings?: Findings;
  readonly body?: Uint8Array;
  readonly reasons?: Reason[];
}

/** Builds the write of the accepted delivery `delivery-1`. */
function writeOf({
  findings = emptyFindings,
  body = Buffer.from('a body'),
  reasons = [],
}: Parts): VerificationWrite {
  const delivery = makeDelivery({ deliveryId: 'delivery-1', body: storeRawBody(body) });
  const success = transition('SUCCESS', { findings, reasons });
  const applied = applyTransition(null, { ...incomingTransition(success, 'delivery-1'), delivery });
  return applied.kind === 'accepted' ? applied.write : expect.unreachable('the delivery was not accepted');
}

const filledWith = (text: string): Findings => ({ ...emptyFindings, provider_data: { text } });
const eventOf = (write: VerificationWrite) =>
  eventOfWrite(write) ?? expect.unreachable('the write has no event');
const jsonOf = (bytes: Uint8Array | undefined): unknown => JSON.parse(Buffer.from(bytes ?? []).toString());

const folder = 'findings/idnow/idnow!democompany!txn-1/20261122T120000Z/delivery-1';
const unverifiedKey = `${folder}/unverified.json`;
const verifiedKey = `${folder}/verified.json`;
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
    expect(objects.map(({ key }) => withoutDigest(key))).toEqual([unverifiedKey]);
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
  const room = 200 * KiB - Buffer.byteLength(JSON.stringify(eventOf(withReasons('x')))) + 1;

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
        data: { outcome: 'approved', sequence: 1, ...emptyFindings },
      });
      expect(eventOf(write).dataref).toBe(`s3://a-bucket/${objects[0]?.key}`);
      expect(objects.map(({ key, contentType }) => [withoutDigest(key), contentType])).toEqual([
        [unverifiedKey, 'application/json'],
      ]);
      expect(jsonOf(objects[0]?.bytes)).toEqual(findings);
    },
  );

  test('an event whose findings are in the bucket lists the members of the findings that are not empty', () => {
    const { write } = fitWriteToLimits(withReasons('x'.repeat(room + 1)), bucket);
    expect(eventOf(write).data.changed).toContain('provider_data');
  });

  test('findings with claims become two objects: with the claims, and with the same facts as extracted facts', () => {
    // Prepare
    const findings = {
      ...filledWith('x'.repeat(room + 1)),
      claims: { family_name: 'SPECIMEN' },
      extracted: { given_name: 'ERIKA' },
    };
    // Act
    const { write, objects } = fitWriteToLimits(writeOf({ findings, reasons }), bucket);
    // Assess
    expect(withoutDigest(eventOf(write).dataref ?? '')).toBe(`s3://a-bucket/${verifiedKey}`);
    expect(Object.fromEntries(objects.map(({ key, bytes }) => [withoutDigest(key), jsonOf(bytes)]))).toEqual({
      [verifiedKey]: findings,
      [unverifiedKey]: {
        ...findings,
        claims: {},
        extracted: { given_name: 'ERIKA', family_name: 'SPECIMEN' },
      },
    });
  });
});

describe('fitWriteToLimits for a large raw body', () => {
  test('a body of 100 KiB stays in the row', () => {
    const write = writeOf({ body: randomBytes(100 * KiB) });
    expect(fitWriteToLimits(write, bucket)).toEqual({ write, objects: [] });
  });

  test('a longer body that takes at most 100 KiB when compressed stays in the row', () => {
    const write = writeOf({ body: Buffer.alloc(1024 * KiB, 'a') });
    expect(fitWriteToLimits(write, bucket)).toEqual({ write, objects: [] });
  });

  test.each([
    ['text', Buffer.from(randomBytes(200 * KiB).toString('base64'))],
    ['bytes that are no UTF-8', randomBytes(100 * KiB + 1)],
  ])(
    'a body of more than 100 KiB after compression goes to the bucket, below a key with the verification’s id: %s',
    (_title, body) => {
      // Act
      const { write, objects } = fitWriteToLimits(writeOf({ body }), bucket);
      // Assess
      expect(write.outbox.delivery?.body).toEqual({ kind: 'object', bucket, key: bodyKey });
      expect(objects.map(({ key, contentType }) => [withoutDigest(key), contentType])).toEqual([
        [bodyKey, 'application/gzip'],
      ]);
      expect(gunzipSync(objects[0]?.bytes ?? '').equals(body)).toBe(true);
    },
  );
});

describe('fitWriteToLimits for a write whose parts fit only separately', () => {
  // The random text of the findings takes 38 KiB when compressed, and the body 50 KiB.
  const parts = {
    findings: filledWith(randomBytes(37.5 * KiB).toString('base64')),
    body: randomBytes(50 * KiB),
  };

  test('if a write is too large, its findings go to the bucket before its raw body', () => {
    const { write, objects } = fitWriteToLimits(writeOf(parts), bucket, { contentBytes: 60 * KiB });
    expect(objects.map(({ key }) => withoutDigest(key))).toEqual([unverifiedKey]);
    expect(write.outbox.delivery?.body.kind).toBe('base64');
  });

  test('if a write is still too large without its findings, its raw body goes to the bucket too', () => {
    const { objects } = fitWriteToLimits(writeOf(parts), bucket, { contentBytes: 40 * KiB });
    expect(objects.map(({ key }) => withoutDigest(key))).toEqual([unverifiedKey, bodyKey]);
  });

  test('a write that is too large even without findings and raw body throws an error with its verification id', () => {
    const fitting = () => fitWriteToLimits(writeOf(parts), bucket, { contentBytes: 300 });
    expect(fitting).toThrow(/^idnow:democompany:txn-1: \d+ bytes do not fit one item$/);
  });

  test('a write without a delivery keeps the outbox without a delivery', () => {
    const { delivery, ...outbox } = writeOf(parts).outbox;
    expect(delivery).not.toBeNull();
    const given = { ...writeOf(parts), outbox: { ...outbox, delivery: null } };
    const { write, objects } = fitWriteToLimits(given, bucket, { contentBytes: 30 * KiB });
    expect(objects.map(({ key }) => withoutDigest(key))).toEqual([unverifiedKey]);
    expect(write.outbox).toEqual(given.outbox);
  });
});
