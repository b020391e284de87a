import { describe, expect, test } from 'vitest';
import { emptyFindings } from '../../../shared/contract/identity.ts';
import { wrapStoreForLargeWrites } from '../../../shared/verifications/limits/offloading-verification-store.ts';
import { recordJobEnd } from '../../../shared/verifications/record-evidence.ts';
import { recordTransition } from '../../../shared/verifications/record-transition.ts';
import type { Verification } from '../../../shared/verifications/verification.ts';
import { type VerificationStore, writtenResult } from '../../../shared/verifications/verification-store.ts';
import { incomingTransition } from '../../support/deliveries.ts';
import { memoryBlobs } from '../../support/memory-blobs.ts';
import { at, transition } from '../../support/transitions.ts';
import { withoutDigest } from '../../support/without-digest.ts';

const large = { ...emptyFindings, provider_data: { text: 'x'.repeat(201 * 1024) } };

/** Creates a table in memory, the offloading store around it, and a list of their calls. */
function underTest() {
  const calls: string[] = [];
  const rows: Verification[] = [];
  const table: VerificationStore = {
    remembered: () => null,
    async read() {
      calls.push('read');
      return rows.at(-1) ?? null;
    },
    async write(known, { verification }) {
      calls.push('write');
      const found = rows.at(-1) ?? null;
      if (found?.version !== known?.version) return { kind: 'conflict', found };
      rows.push(verification);
      return writtenResult;
    },
  };
  const { blobs, objects } = memoryBlobs();
  const putOnce: typeof blobs.putOnce = (...given) => {
    calls.push('put');
    return blobs.putOnce(...given);
  };
  return { calls, rows, objects, table, store: wrapStoreForLargeWrites(table, { ...blobs, putOnce }) };
}

describe('offloadingVerificationStore for a small write', () => {
  test('a small write stores no object in the bucket and makes no additional call to the table', async () => {
    const { store, calls, objects } = underTest();
    await recordTransition(store, incomingTransition(transition('START'), 'w1'));
    await recordTransition(store, incomingTransition(transition('CHECK_PENDING'), 'w2'));
    expect(calls).toEqual(['write', 'read', 'write']);
    expect(objects.size).toBe(0);
  });
});

describe('offloadingVerificationStore for a large write', () => {
  test('a large write reads the row, then stores its objects, then writes the row', async () => {
    const { store, calls } = underTest();
    await recordTransition(store, incomingTransition(transition('SUCCESS', { findings: large }), 'w1'));
    expect(calls, 'the first read is the start of the update').toEqual(['read', 'read', 'put', 'write']);
  });

  test.each([
    ['a duplicate', transition('SUCCESS', { occurredAt: at(5), findings: large })],
    ['stale', transition('CHECK_PENDING', { occurredAt: at(4), findings: large })],
  ])('a large transition that is dropped stores no object in the bucket: it is %s', async (_title, large) => {
    // Prepare
    const { store, objects, rows } = underTest();
    await recordTransition(store, incomingTransition(transition('SUCCESS', { occurredAt: at(5) }), 'w1'));
    // Act
    await recordTransition(store, incomingTransition(large, 'w2'));
    // Assess
    expect(objects.size).toBe(0);
    expect(rows).toHaveLength(1);
  });

  test('if another write is faster, a large write is computed again and uses the object it has stored', async () => {
    // Prepare: write another delivery between the read and the write.
    const { store, table, objects, rows, calls } = underTest();
    await recordTransition(store, incomingTransition(transition('START'), 'w1'));
    const { write } = table;
    let overtaken = false;
    table.write = async (known, given) => {
      if (!overtaken && given.verification.version === 'w3') {
        overtaken = true;
        await recordTransition(store, incomingTransition(transition('CHECK_PENDING'), 'w2'));
      }
      return write(known, given);
    };
    calls.length = 0;
    // Act
    const recorded = await recordTransition(
      store,
      incomingTransition(transition('SUCCESS', { findings: large }), 'w3'),
    );
    // Assess
    expect(recorded).toMatchObject({ kind: 'accepted', sequence: 3 });
    expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect([...objects.keys()].map(withoutDigest)).toEqual([
      'findings/idnow/idnow!democompany!txn-1/20261122T120000Z/w3/unverified.json',
    ]);
  });

  test('findings with verified claims and findings without claims are stored under different keys', async () => {
    // Prepare: approve the case, and decline it between the read and the write of the next transition.
    const { store, table, objects } = underTest();
    await recordTransition(store, incomingTransition(transition('SUCCESS', { occurredAt: at(5) }), 'w1'));
    const { write } = table;
    let overtaken = false;
    table.write = async (known, given) => {
      if (!overtaken && given.verification.version === '000001-x') {
        overtaken = true;
        const declined = transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(6) });
        await recordTransition(store, incomingTransition(declined, 'w2'));
      }
      return write(known, given);
    };
    // Act
    await recordJobEnd(store, {
      verificationId: 'idnow:democompany:txn-1',
      generation: '20261122T120000Z',
      kind: 'archived',
      requestedBy: 2,
      reference: null,
      archive: { bucket: null, manifest: null, manifestSha256: null, artifacts: [], missing: [] },
      reason: null,
      onNothing: { kind: 'keep' },
      findings: { ...large, claims: { family_name: 'SPECIMEN' } },
      recordedAt: '2026-11-22T13:00:00Z',
      writeId: '000001-x',
    });
    // Assess
    const folder = 'findings/idnow/idnow!democompany!txn-1/20261122T120000Z/000001-x';
    const stored = new Map([...objects].map(([key, object]) => [withoutDigest(key), object]));
    const claims = (name: string) =>
      JSON.parse(Buffer.from(stored.get(`${folder}/${name}.json`)?.bytes ?? []).toString()).claims;
    expect(claims('verified')).toEqual({ family_name: 'SPECIMEN' });
    expect(claims('unverified')).toEqual({});
  });
});
