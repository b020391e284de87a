import { describe, expect, test } from 'vitest';
import { noFindings } from '../../shared/contract/identity.ts';
import { VerificationEvent } from '../../shared/contract/verification-event.ts';
import type { Schedule } from '../../shared/scheduling/schedule.ts';
import { applyEvidence, type JobEnd } from '../../shared/verifications/apply-evidence.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import { deliver } from '../support/deliveries.ts';
import { at, transition } from '../support/transitions.ts';

const decided = () => {
  const known = deliver([transition('START'), transition('SUCCESS', { occurredAt: at(5) })]).at(-1)?.after;
  if (!known) throw new Error('nothing was written');
  return known;
};

function result(kind: 'archived' | 'failed', requestedBy = 2): JobEnd {
  return {
    verificationId: 'idnow:democompany:txn-1',
    kind,
    reference: null,
    notice: {
      requestedBy,
      bucket: kind === 'archived' ? 'a-bucket' : null,
      manifest: kind === 'archived' ? 'evidence/manifest.json' : null,
      artifacts: [],
      missing: [],
      reason: kind === 'archived' ? null : 'gone',
    },
    onNothing: { kind: 'keep' },
    findings: noFindings,
    recordedAt: '2026-11-22T13:00:00Z',
    writeId: 'the job',
  };
}

const known = (evidence: Schedule['evidence']): Verification => {
  const verification = decided();
  return { ...verification, schedule: { ...verification.schedule, evidence } };
};

test.each([
  ['archived', {}, 'idv.evidence.archived.v1'],
  ['failed', {}, 'idv.evidence.failed.v1'],
  ['archived', { 2: 'failed' }, 'idv.evidence.archived.v1'],
  ['archived', { 1: 'archived' }, 'idv.evidence.archived.v1'],
  ['failed', { 1: 'failed' }, 'idv.evidence.failed.v1'],
  ['failed', { 2: 'archived' }, null],
  ['archived', { 2: 'archived' }, null],
  ['failed', { 2: 'failed' }, null],
] as const)('%s, where %j is known, is told as %s', (kind, evidence, expected) => {
  const write = applyEvidence(known(evidence), result(kind));
  const events = write?.outbox.events.map((json) => VerificationEvent.parse(JSON.parse(json)).type) ?? [];
  expect(events).toEqual(expected === null ? [] : [expected]);
});

test('takes the next sequence and changes nothing but the evidence', () => {
  // Prepare
  const before = decided();
  // Act
  const write = applyEvidence(before, result('archived'));
  // Assess
  const schedule = { ...before.schedule, evidence: { 2: 'archived' } };
  expect(write?.verification).toEqual({ ...before, sequence: 3, version: 3, schedule });
  expect(write?.outbox).toMatchObject({ writeId: 'the job', jobs: [], delivery: null });
});

test('tells the state in force, and where the evidence is', () => {
  const [json = ''] = applyEvidence(decided(), result('archived'))?.outbox.events ?? [];
  expect(JSON.parse(json)).toMatchObject({
    id: 'idnow:democompany:txn-1#3',
    time: '2026-11-22T13:00:00Z',
    data: {
      sequence: 3,
      phase: 'completed',
      outcome: 'approved',
      finality: 'final',
      occurredAt: null,
      receivedAt: '2026-11-22T13:00:00Z',
      evidence: { requestedBy: 2, bucket: 'a-bucket', manifest: 'evidence/manifest.json', reason: null },
      supersedes: null,
    },
  });
});

test.each([
  ['an approved', 'SUCCESS', { family_name: 'SPECIMEN' }],
  ['a declined', 'FRAUD_SUSPICION_CONFIRMED', {}],
  ['an open', 'CHECK_PENDING', {}],
] as const)('verified claims come with %s verification only', (_what, word, claims) => {
  // Prepare
  const known = deliver([transition(word)]).at(-1)?.after ?? expect.unreachable('nothing was written');
  const documents = [{ type: 'idcard' }];
  const findings = { ...noFindings, claims: { family_name: 'SPECIMEN' }, documents };
  // Act
  const write = applyEvidence(known, { ...result('archived', 1), findings });
  // Assess
  const { data } = VerificationEvent.parse(JSON.parse(write?.outbox.events[0] ?? ''));
  expect([data.claims, data.documents]).toEqual([claims, [{ type: 'idcard' }]]);
});

describe('a word that only asks', () => {
  const saidAlready = (...seen: string[]) => {
    const known = decided();
    return { ...known, ordering: { ...known.ordering, seen } };
  };
  const asked = saidAlready('another', 'the word');
  const onNothing = { kind: 'forget', fingerprint: 'the word' } as const;

  test('may be said again where nothing could be had', () => {
    const write = applyEvidence(asked, { ...result('failed'), onNothing });
    expect(write?.verification.ordering.seen).toEqual(['another']);
  });

  test('has been said once something was had, also where a job was sent back', () => {
    for (const known of [asked, saidAlready('another')]) {
      const write = applyEvidence(known, { ...result('archived'), onNothing });
      expect(write?.verification.ordering.seen).toEqual(['another', 'the word']);
    }
  });

  test('counts as a lookup if nothing could be fetched, and only then', () => {
    const lookupsAfter = (ended: JobEnd) =>
      applyEvidence(asked, ended)?.verification.schedule.repeatLookups;
    expect(lookupsAfter({ ...result('failed'), onNothing })).toEqual(['2026-11-22T13:00:00Z']);
    expect(lookupsAfter({ ...result('archived'), onNothing })).toEqual([]);
    expect(lookupsAfter(result('failed'))).toEqual([]);
  });

  test('is the only one that is forgotten', () => {
    const write = applyEvidence(asked, result('failed'));
    expect(write?.verification.ordering.seen).toEqual(['another', 'the word']);
  });
});

test('gives no reasons to a verification that is open again', () => {
  // Prepare: an operator has put the result back.
  const reason = { code: 'x', category: 'other' as const, providerCode: 'X' };
  const open: Verification = { ...decided(), finality: 'provisional' };
  // Act
  const write = applyEvidence(open, { ...result('archived'), outcome: 'approved', reasons: [reason] });
  // Assess
  expect(write?.verification.reasons).toEqual([]);
});

test('lists 200 files at most: the manifest has them all, and the event must fit its row', () => {
  // Prepare
  const archived = result('archived');
  const names = Array.from({ length: 201 }, (_, index) => `file-${index}`);
  const artifacts = names.map((name) => ({
    name,
    key: name,
    size: 1,
    sha256: '0'.repeat(64),
    contentType: 'a/b',
  }));
  const missing = names.map((name) => ({ name, reason: 'gone' }));
  // Act
  const write = applyEvidence(decided(), {
    ...archived,
    notice: { ...archived.notice, artifacts, missing },
  });
  // Assess
  const { evidence } = VerificationEvent.parse(JSON.parse(write?.outbox.events[0] ?? '')).data;
  expect(evidence?.artifacts).toEqual(artifacts.slice(0, 200));
  expect(evidence?.missing).toEqual(missing.slice(0, 200));
  expect(evidence?.omitted).toEqual({ artifacts: 1, missing: 1 });
});

test('remembers the evidence of the last 128 events that asked', () => {
  const many = Object.fromEntries(
    Array.from({ length: 128 }, (_, index) => [index + 1, 'archived' as const]),
  );
  const write = applyEvidence(known(many), result('archived', 500));
  const remembered = Object.keys(write?.verification.schedule.evidence ?? {});
  expect([remembered.length, remembered[0], remembered.at(-1)]).toEqual([128, '2', '500']);
});

test.each([
  ['are those of the evidence, where the result came without', 'approved', [], ['of the evidence']],
  [
    'come to those that the result came with, each once',
    'approved',
    ['of the result', 'of the evidence'],
    ['of the result', 'of the evidence'],
  ],
  [
    'come to those that the result came with',
    'approved',
    ['of the result'],
    ['of the result', 'of the evidence'],
  ],
  ['stay, where the evidence is of another outcome', 'declined', ['of the result'], ['of the result']],
  ['stay, where the evidence decides nothing', null, ['of the result'], ['of the result']],
] as const)('reasons %s', (_what, outcome, before, after) => {
  // Prepare
  const reason = (code: string) => ({ code, category: 'other' as const, providerCode: code });
  const evidence = { ...result('archived'), outcome, reasons: [reason('of the evidence')] };
  // Act
  const write = applyEvidence({ ...decided(), reasons: before.map(reason) }, evidence);
  // Assess
  expect(write?.verification.reasons).toEqual(after.map(reason));
});
