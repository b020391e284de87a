import { describe, expect, test } from 'vitest';
import { emptyFindings } from '../../shared/contract/identity.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import { rememberVerifications } from '../../shared/verifications/remember-verifications.ts';
import { carryWrite } from '../../shared/verifications/unconfirmed-writes.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { VerificationStore } from '../../shared/verifications/verification-store.ts';
import type { VerificationWrite } from '../../shared/verifications/write.ts';
import { incomingTransition } from '../support/deliveries.ts';
import { memoryVerifications } from '../support/memory-verifications.ts';
import { type StatusName, transition } from '../support/transitions.ts';

function writeOf(
  known: Verification | null,
  verificationId: string,
  status: StatusName = 'START',
  text = '',
): VerificationWrite {
  const findings = { ...emptyFindings, provider_data: { text } };
  const next = transition(status, { verificationId, findings, fingerprint: `${status} ${known?.version}` });
  const { write } = applyTransition(known, incomingTransition(next, `${verificationId} ${status}`));
  return write ?? expect.unreachable('nothing was written');
}

/** Creates a table in memory, and a store that remembers. */
function underTest(max?: number) {
  const { store: table, rows } = memoryVerifications(() => undefined);
  return { table, rows, store: rememberVerifications(table, max) };
}

async function writeNew(store: VerificationStore, verificationId: string, text?: string) {
  const write = writeOf(null, verificationId, 'START', text);
  await store.write(null, write);
  return carryWrite(write);
}

describe('what an instance remembers', () => {
  test('an instance remembers no verification that it has neither written nor read', () => {
    expect(underTest().store.remembered('a')).toBeNull();
  });

  test('an instance remembers what it has written', async () => {
    const { store } = underTest();
    const written = await writeNew(store, 'a');
    expect(store.remembered('a')).toEqual(written);
    expect(store.remembered('b')).toBeNull();
  });

  test('an instance remembers what it has read', async () => {
    const { store, table } = underTest();
    const written = await writeNew(table, 'a');
    await store.read('a');
    expect(store.remembered('a')).toEqual(written);
  });

  test('an instance that finds no row forgets the verification', async () => {
    // Prepare
    const { store, rows } = underTest();
    await writeNew(store, 'a');
    rows.clear();
    // Act
    await store.read('a');
    // Assess
    expect(store.remembered('a')).toBeNull();
  });

  test('a write that publishes no event is remembered too, because it has a version', async () => {
    // Prepare
    const { store } = underTest();
    const known = await writeNew(store, 'a');
    const verification = { ...known, version: 'another' };
    // Act
    await store.write(known, { verification, outbox: { event: null, jobs: [], delivery: null } });
    // Assess
    expect(store.remembered('a')?.version).toBe('another');
  });
});

describe('a conflict', () => {
  test('an instance remembers the verification that a conflict has found', async () => {
    // Prepare: another instance writes the verification.
    const { store, table } = underTest();
    const first = await writeNew(store, 'a');
    const other = writeOf(first, 'a', 'CHECK_PENDING');
    await table.write(first, other);
    // Act
    const result = await store.write(first, writeOf(first, 'a', 'CANCELED'));
    // Assess
    expect(result.kind).toBe('conflict');
    expect(store.remembered('a')).toEqual(carryWrite(other));
  });

  test('an instance forgets a verification whose row is gone', async () => {
    // Prepare
    const { store, rows } = underTest();
    const first = await writeNew(store, 'a');
    rows.clear();
    // Act
    const result = await store.write(first, writeOf(first, 'a', 'CANCELED'));
    // Assess
    expect(result).toEqual({ kind: 'conflict', found: null });
    expect(store.remembered('a')).toBeNull();
  });
});

test('a verification is forgotten if its write throws, because nobody knows whether it was written', async () => {
  // Prepare
  const { table } = underTest();
  let isBroken = false;
  const store = rememberVerifications({
    ...table,
    async write(...given) {
      if (isBroken) throw new Error('the answer is lost');
      return table.write(...given);
    },
  });
  const first = await writeNew(store, 'a');
  isBroken = true;
  // Act
  const writing = store.write(first, writeOf(first, 'a', 'CHECK_PENDING'));
  // Assess
  expect(store.remembered('a'), 'forgotten before the write ends').toBeNull();
  await expect(writing).rejects.toThrow('the answer is lost');
  expect(store.remembered('a')).toBeNull();
});

describe('the limits of the memory', () => {
  test('the verification that was used longest ago is forgotten first', async () => {
    // Prepare
    const { store } = underTest(3);
    for (const id of ['a', 'b', 'c']) await writeNew(store, id);
    await store.read('a');
    // Act
    await writeNew(store, 'd');
    // Assess
    expect(['a', 'b', 'c', 'd'].filter((id) => store.remembered(id) !== null)).toEqual(['a', 'c', 'd']);
  });

  test('an instance remembers 1,000 verifications', async () => {
    // Prepare
    const { store } = underTest();
    const ids = Array.from({ length: 1001 }, (_, index) => `case ${index}`);
    // Act
    for (const id of ids) await writeNew(store, id);
    // Assess
    expect(ids.filter((id) => store.remembered(id) === null)).toEqual(['case 0']);
  });

  test('a verification with large findings is not remembered, and what was remembered of it is forgotten', async () => {
    // Prepare
    const { store } = underTest();
    const small = await writeNew(store, 'a', 'x'.repeat(15 * 1024));
    expect(store.remembered('a')).not.toBeNull();
    // Act
    await store.write(small, writeOf(small, 'a', 'SUCCESS', 'x'.repeat(16 * 1024)));
    // Assess
    expect(store.remembered('a')).toBeNull();
  });

  test('a verification with a large list of evidence is not remembered', async () => {
    // Prepare
    const { store } = underTest();
    const { verification, outbox } = writeOf(null, 'a');
    const missing = Array.from({ length: 200 }, () => ({ name: 'x'.repeat(100), reason: 'gone' }));
    const evidence = {
      status: 'failed' as const,
      requestedBy: 1,
      ...{ bucket: null, manifest: null, manifestSha256: null, artifacts: [], missing, reason: 'gone' },
    };
    // Act
    await store.write(null, { verification: { ...verification, evidence }, outbox });
    // Assess
    expect(store.remembered('a')).toBeNull();
  });
});
