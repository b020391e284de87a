import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { emptyFindings } from '../../../shared/contract/identity.ts';
import { applyTransition } from '../../../shared/verifications/apply-transition.ts';
import { fitWriteToLimits } from '../../../shared/verifications/limits/fit-write-to-limits.ts';
import { wrapStoreForLargeWrites } from '../../../shared/verifications/limits/offloading-verification-store.ts';
import { storeRawBody } from '../../../shared/verifications/raw-body.ts';
import { recordErasure } from '../../../shared/verifications/record-erasure.ts';
import { recordTransition } from '../../../shared/verifications/record-transition.ts';
import { rememberVerifications } from '../../../shared/verifications/remember-verifications.ts';
import { carryWrite } from '../../../shared/verifications/unconfirmed-writes.ts';
import type { Verification } from '../../../shared/verifications/verification.ts';
import { relayUnderTest } from '../../relay/relay-fixture.ts';
import { countCalls } from '../../support/count-calls.ts';
import { incomingTransition, makeDelivery } from '../../support/deliveries.ts';
import { memoryBlobs } from '../../support/memory-blobs.ts';
import { memoryVerifications } from '../../support/memory-verifications.ts';
import { step, transition } from '../../support/transitions.ts';

const verificationId = 'idnow:democompany:txn-1';
const keyOf = (newest: number) =>
  `unconfirmed/idnow/idnow!democompany!txn-1/20261122T120000Z/w${newest}.json`;

/** Creates a receiver's store on a table and a bucket in memory. `deliver` records the statement with this number. */
function underTest() {
  const { store: table, rows } = memoryVerifications(() => undefined);
  const { counting, calls } = countCalls(table);
  const { blobs, objects } = memoryBlobs();
  const store = wrapStoreForLargeWrites(rememberVerifications(counting), blobs);
  return {
    /** The table, as another writer uses it. */
    table,
    objects,
    calls,
    /** The versions of the unconfirmed writes that the row carries. */
    carried: () =>
      (rows.get(verificationId)?.unconfirmed ?? []).map(({ verification }) => verification.version),
    async deliver(number: number, { text = '', body = Buffer.from(`body ${number}`) as Uint8Array } = {}) {
      const findings = { ...emptyFindings, provider_data: { text } };
      return recordTransition(store, {
        transition: transition('START', { origin: step, fingerprint: `${number}`, findings }),
        receivedAt: '2026-11-22T12:00:00Z',
        writeId: `w${number}`,
        delivery: makeDelivery({ deliveryId: `w${number}`, body: storeRawBody(body) }),
      });
    },
    /** Publishes the writes of an object, each as a record of the stream. @returns the events, and the bodies in the history */
    async publish(key: string) {
      const { relay, sent, rows: written, parked } = relayUnderTest();
      const { Records: records } = JSON.parse(Buffer.from(objects.get(key)?.bytes ?? []).toString());
      expect([await relay(records), [...parked]]).toEqual([[], []]);
      return {
        sent: sent.map((id) => id.split('.')[1]),
        bodies: written.map(({ delivery }) => delivery?.body),
      };
    },
  };
}

describe('unconfirmed writes that are too long for a row', () => {
  test('a row carries four unconfirmed writes', async () => {
    const { deliver, carried, objects } = underTest();
    for (const number of [1, 2, 3, 4, 5]) await deliver(number);
    expect(carried()).toEqual(['w1', 'w2', 'w3', 'w4']);
    expect([...objects.keys()]).toEqual([]);
  });

  test('a fifth unconfirmed write moves all five to the bucket, as records of the stream', async () => {
    // Prepare
    const { deliver, carried, objects, publish } = underTest();
    // Act
    for (const number of [1, 2, 3, 4, 5, 6, 7]) await deliver(number);
    // Assess
    expect(carried()).toEqual(['w6']);
    expect([...objects.keys()]).toEqual([keyOf(5)]);
    expect(await publish(keyOf(5))).toEqual({
      sent: ['1', '2', '3', '4', '5'],
      bodies: [1, 2, 3, 4, 5].map((number) => ({ kind: 'text', text: `body ${number}` })),
    });
  });

  test('a long write moves to the bucket with the writes before it, once it is no longer the newest', async () => {
    // Prepare
    const { deliver, carried, publish } = underTest();
    await deliver(1);
    // Act
    await deliver(2, { text: 'x'.repeat(16 * 1024) });
    expect(carried()).toEqual(['w1']);
    await deliver(3);
    // Assess
    expect(carried()).toEqual([]);
    expect((await publish(keyOf(2))).sent).toEqual(['1', '2']);
  });

  test('moving unconfirmed writes to the bucket costs one read of the table, because the case may be erased', async () => {
    // Prepare
    const { deliver, calls } = underTest();
    for (const number of [1, 2, 3, 4, 5]) await deliver(number);
    calls.length = 0;
    // Act
    await deliver(6);
    // Assess
    expect(calls).toEqual(['read', 'write']);
  });

  test('an instance that remembers unconfirmed writes of an erased case stores nothing of them', async () => {
    // Prepare
    const { deliver, objects, table } = underTest();
    for (const number of [1, 2, 3, 4, 5]) await deliver(number);
    const erasure = {
      verificationId,
      provider: 'idnow',
      erasedAt: '2026-11-22T13:00:00Z',
      writeId: 'erasure',
    };
    await recordErasure(table, erasure);
    objects.clear();
    // Act
    const decision = await deliver(6);
    // Assess
    expect(decision).toEqual({ kind: 'stale', reason: 'erased' });
    expect([...objects.keys()]).toEqual([]);
  });

  test('if the bucket does not store the unconfirmed writes, the row is not written', async () => {
    // Prepare
    const { deliver, objects, carried } = underTest();
    for (const number of [1, 2, 3, 4, 5]) await deliver(number);
    objects.has = () => {
      throw new Error('S3 is down');
    };
    // Act and assess
    await expect(deliver(6)).rejects.toThrow('S3 is down');
    expect(carried()).toEqual(['w1', 'w2', 'w3', 'w4']);
  });

  test('if a write and the unconfirmed writes do not fit one item together, only the unconfirmed writes move', () => {
    // Prepare: two bodies of 5 KB that cannot be compressed, and an item that may contain 8 KB
    const writeOf = (known: Verification | null, number: number) => {
      const delivery = makeDelivery({ body: storeRawBody(randomBytes(5 * 1024)) });
      const next = transition('START', { origin: step, fingerprint: `${number}` });
      const incoming = { ...incomingTransition(next, `w${number}`), delivery };
      return applyTransition(known, incoming).write ?? expect.unreachable('nothing was written');
    };
    const first = writeOf(null, 1);
    const second = writeOf(carryWrite(first), 2);
    // Act
    const { write, objects } = fitWriteToLimits(second, 'a-bucket', { contentBytes: 8 * 1024 });
    // Assess
    expect(objects.map(({ key }) => key)).toEqual([keyOf(1)]);
    expect(write.verification).not.toHaveProperty('unconfirmed');
    expect(write.outbox).toEqual(second.outbox);
  });
});
