import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quarantineReasons } from '../../shared/contract/reading.ts';
import type { Delivery, DeliveryDecision } from '../../shared/verifications/delivery.ts';
import {
  convertDeliveryToHistoryItem,
  convertWriteToHistoryItem,
  parseHistoryItem,
  quarantineShards,
} from '../../shared/verifications/history-row.ts';
import { storeRawBody } from '../../shared/verifications/raw-body.ts';
import { makeDelivery } from '../support/deliveries.ts';
import { makeEvent } from '../support/make-event.ts';
import { anyHistory, playHistory } from '../support/random-histories.ts';

const verificationId = 'idnow:democompany:txn-1';
const retention = 30 * 24 * 3600;
const longestCase = 400 * 24 * 3600;

const anyDelivery: fc.Arbitrary<Delivery> = fc
  .record({
    deliveryId: fc.uuid(),
    sourceIp: fc.constantFrom('192.0.2.1', '2001:db8::1'),
    reference: fc.constantFrom(null, 'case-1'),
    signature: fc.constantFrom<Delivery['signature'][]>('valid', 'none'),
    bytes: fc.uint8Array({ maxLength: 50 }),
    isInBucket: fc.boolean(),
  })
  .map(({ bytes, isInBucket, ...fields }) =>
    makeDelivery({
      ...fields,
      body: isInBucket ? { kind: 'object', bucket: 'a-bucket', key: 'a key' } : storeRawBody(bytes),
    }),
  );

const anyDropped: fc.Arbitrary<DeliveryDecision> = fc.record({
  decision: fc.constantFrom<DeliveryDecision['decision'][]>('duplicate', 'stale', 'quarantined'),
  reason: fc.constantFrom('seen', 'after-final', ...quarantineReasons),
  verificationId: fc.constantFrom(null, verificationId),
});

describe('a row of the history that is read', () => {
  test('has the event as published, and the accepted delivery', () => {
    fc.assert(
      fc.property(anyHistory, fc.option(anyDelivery), (steps, delivery) => {
        for (const { write, event } of playHistory(steps)) {
          // The relay records no write without an event and without a delivery.
          if (event === null && delivery === null) continue;
          // Act
          const { version } = write.verification;
          const row = parseHistoryItem(
            convertWriteToHistoryItem({ verificationId, version, event, delivery }, retention),
          );
          // Assess
          const receivedAt = event?.data.receivedAt ?? delivery?.receivedAt;
          expect(row).toEqual({
            subject: verificationId,
            at: `${receivedAt}#${version}`,
            decision: 'accepted',
            reason: null,
            generation: event?.data.generation ?? null,
            sequence: event?.data.sequence ?? null,
            event,
            delivery,
          });
        }
      }),
      { numRuns: 50 },
    );
  });

  test('has a dropped or quarantined delivery with its decision and reason', () => {
    fc.assert(
      fc.property(anyDelivery, anyDropped, (delivery, decided) => {
        // Act
        const row = parseHistoryItem(convertDeliveryToHistoryItem(delivery, decided, retention));
        // Assess
        expect(row).toEqual({
          subject: decided.verificationId ?? expect.stringMatching(/^quarantine:idnow:2026-11-22:\d$/),
          at: `2026-11-22T12:00:00Z#${delivery.deliveryId}`,
          decision: decided.decision,
          reason: decided.reason,
          generation: null,
          sequence: null,
          event: null,
          delivery,
        });
      }),
    );
  });

  test.each([
    ['no subject', { subject: undefined }],
    ['an unknown decision', { decision: { S: 'rejected' } }],
    ['content that is no gzip', { content: { B: Buffer.from('{}') } }],
  ])('is refused if this project has not written it: it has %s', (_title, changes) => {
    const item = convertWriteToHistoryItem(
      { verificationId, version: 'w1', event: makeEvent(verificationId, 1), delivery: null },
      retention,
    );
    expect(() => parseHistoryItem({ ...item, ...changes })).toThrow();
  });
});

describe('the index by reference', () => {
  const referenceOf = (changes: Parameters<typeof makeEvent>[2]) =>
    convertWriteToHistoryItem(
      { verificationId, version: 'w1', event: makeEvent(verificationId, 1, changes), delivery: null },
      retention,
    ).reference;

  test.each<[string, Parameters<typeof makeEvent>[2], object | undefined]>([
    ['that changed the reference', { reference: 'case-1', changed: ['reference', 'phase'] }, { S: 'case-1' }],
    ['that keeps the reference has none', { reference: 'case-1', changed: ['phase'] }, undefined],
    ['that removed the reference has none', { reference: null, changed: ['reference'] }, undefined],
  ])('contains one entry per case and reference: an event %s', (_title, changes, expected) => {
    expect(referenceOf(changes)).toEqual(expected);
  });

  test('contains a quarantined delivery whose signed URL names a reference', () => {
    const itemOf = (delivery: Delivery, decision: DeliveryDecision['decision']) =>
      convertDeliveryToHistoryItem(delivery, { decision, reason: 'x', verificationId }, retention);
    const signed = makeDelivery({ reference: 'case-1', signature: 'valid' });
    expect(itemOf(signed, 'quarantined').reference).toEqual({ S: 'case-1' });
    expect(itemOf(signed, 'duplicate')).not.toHaveProperty('reference');
    expect(itemOf(makeDelivery(), 'quarantined')).not.toHaveProperty('reference');
  });
});

describe('the quarantine', () => {
  const itemOf = (delivery: Delivery, verificationId: string | null) =>
    convertDeliveryToHistoryItem(
      delivery,
      { decision: 'quarantined', reason: 'unknown-status', verificationId },
      retention,
    );

  test('a quarantined delivery that names a verification stands under it, and in the index of open quarantine', () => {
    const item = itemOf(makeDelivery(), verificationId);
    expect(item.subject).toEqual({ S: verificationId });
    expect(item.openQuarantine?.S).toMatch(/^idnow:2026-11-22:\d$/);
  });

  test('a quarantined delivery that names no verification stands under a partition of its provider and day', () => {
    const item = itemOf(makeDelivery({ provider: 'id360', receivedAt: '2026-12-31T23:59:59Z' }), null);
    expect(item.subject?.S).toMatch(/^quarantine:id360:2026-12-31:\d$/);
    expect(item.subject?.S).toBe(`quarantine:${item.openQuarantine?.S}`);
  });

  test('a delivery that is not quarantined is not in the index of open quarantine', () => {
    const item = convertDeliveryToHistoryItem(
      makeDelivery(),
      { decision: 'stale', reason: 'after-final', verificationId },
      retention,
    );
    expect(item).not.toHaveProperty('openQuarantine');
  });

  test('many quarantined deliveries of one day are spread evenly over 10 partitions', () => {
    // Act
    const partitions = Map.groupBy(
      Array.from({ length: 2000 }, (_, index) =>
        itemOf(makeDelivery({ deliveryId: `delivery ${index}` }), null),
      ),
      ({ subject }) => subject?.S,
    );
    // Assess
    expect(quarantineShards).toBe(10);
    expect([...partitions.keys()].toSorted()).toEqual(
      Array.from({ length: 10 }, (_, shard) => `quarantine:idnow:2026-11-22:${shard}`),
    );
    for (const each of partitions.values()) expect(each.length).toBeGreaterThan(100);
  });

  test('a delivery that is recorded again has the same partition', () => {
    expect(itemOf(makeDelivery(), null)).toEqual(itemOf(makeDelivery(), null));
  });
});

describe('the expiry of a row of the history', () => {
  const secondsOf = (instant: string) => Date.parse(instant) / 1000;
  const receivedAt = '2026-11-22T12:00:00Z';
  const decision = { decision: 'quarantined', reason: 'not-json' } as const;

  test('a row of a case expires after the retention and the longest case, because deleting the case deletes it before', () => {
    // Prepare
    const event = makeEvent(verificationId, 1, { receivedAt });
    const delivery = makeDelivery({ receivedAt });
    // Act
    const items = [
      convertWriteToHistoryItem({ verificationId, version: 'w1', event, delivery: null }, retention),
      convertWriteToHistoryItem({ verificationId, version: 'w1', event: null, delivery }, retention),
      convertDeliveryToHistoryItem(
        delivery,
        { decision: 'duplicate', reason: 'seen', verificationId },
        retention,
      ),
    ];
    // Assess
    const expected = { N: String(secondsOf(receivedAt) + retention + longestCase) };
    expect(items.map(({ expiresAt }) => expiresAt)).toEqual([expected, expected, expected]);
  });

  test('a quarantined delivery expires after the retention, because the verification that it names may not exist', () => {
    const item = convertDeliveryToHistoryItem(
      makeDelivery({ receivedAt }),
      { decision: 'quarantined', reason: 'unknown-status', verificationId },
      retention,
    );
    expect(item.expiresAt).toEqual({ N: String(secondsOf(receivedAt) + retention) });
  });

  test('a row of no case expires after the retention', () => {
    const item = convertDeliveryToHistoryItem(
      makeDelivery({ receivedAt: '2026-11-22T12:00:00.900Z' }),
      { ...decision, verificationId: null },
      retention,
    );
    expect(item.expiresAt).toEqual({ N: String(secondsOf(receivedAt) + retention) });
  });
});
