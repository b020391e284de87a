import { describe, expect, test } from 'vitest';
import { emptyFindings } from '../../shared/contract/identity.ts';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import type { JobSchedule } from '../../shared/scheduling/schedule.ts';
import { applyJobEnd, type JobEnd } from '../../shared/verifications/apply-evidence.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { VerificationWrite } from '../../shared/verifications/write.ts';
import { deliver, eventOfWrite } from '../support/deliveries.ts';
import { at, hint, transition } from '../support/transitions.ts';

/** An approved verification of a named person, after two events. */
const decided = () => {
  const findings = { ...emptyFindings, claims: { given_name: 'ANNA' } };
  const success = transition('SUCCESS', { occurredAt: at(5), findings });
  const known = deliver([transition('START'), success]).at(-1)?.after;
  if (!known) throw new Error('nothing was written');
  return known;
};

function result(kind: 'archived' | 'failed', requestedBy = 2): JobEnd {
  return {
    verificationId: 'idnow:democompany:txn-1',
    generation: '20261122T120000Z',
    kind,
    requestedBy,
    reference: null,
    archive:
      kind === 'archived'
        ? {
            bucket: 'a-bucket',
            manifest: 'evidence/manifest.json',
            manifestSha256: '0'.repeat(64),
            artifacts: [],
            missing: [],
          }
        : { bucket: null, manifest: null, manifestSha256: null, artifacts: [], missing: [] },
    reason: kind === 'archived' ? null : 'gone',
    onNothing: { kind: 'keep' },
    findings: null,
    recordedAt: '2026-11-22T13:00:00Z',
    writeId: 'the job',
  };
}

/** Returns the event of a write that must publish one. */
const eventOf = (write: VerificationWrite | null): VerificationEvent =>
  (write && eventOfWrite(write)) ?? expect.unreachable('there is no event');

const known = (evidence: JobSchedule['evidence']): Verification => {
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
] as const)(
  'which event the end of a job publishes: the job ends as %s, the known ends are %j, the event is %s',
  (kind, evidence, expected) => {
    const write = applyJobEnd(known(evidence), result(kind));
    expect(write === null ? null : eventOf(write).type).toBe(expected);
  },
);

test('the end of a job raises the sequence and changes only the evidence', () => {
  // Prepare
  const before = decided();
  // Act
  const write = applyJobEnd(before, result('archived'));
  // Assess
  const schedule = { ...before.schedule, evidence: { 2: 'archived' } };
  expect(write?.verification).toEqual({
    ...before,
    evidence: { ...result('archived').archive, status: 'archived', requestedBy: 2, reason: null },
    sequence: 3,
    receivedAt: '2026-11-22T13:00:00Z',
    version: 'the job',
    schedule,
  });
  expect(write?.outbox).toEqual({
    event: { type: 'idv.evidence.archived.v1', occurredAt: null, supersedes: null, changed: ['evidence'] },
    jobs: [],
    delivery: null,
  });
});

test('an evidence event contains the current state and the location of the evidence', () => {
  expect(eventOf(applyJobEnd(decided(), result('archived')))).toMatchObject({
    id: 'idnow:democompany:txn-1#20261122T120000Z.3',
    time: '2026-11-22T13:00:00Z',
    data: {
      sequence: 3,
      phase: 'completed',
      outcome: 'approved',
      finality: 'final',
      occurredAt: null,
      receivedAt: '2026-11-22T13:00:00Z',
      evidence: {
        status: 'archived',
        requestedBy: 2,
        bucket: 'a-bucket',
        manifest: 'evidence/manifest.json',
        manifestSha256: '0'.repeat(64),
        reason: null,
      },
      supersedes: null,
    },
  });
});

test.each([
  ['an approved verification contains the verified claims', 'SUCCESS', [{ family_name: 'SPECIMEN' }, {}]],
  [
    'a declined verification contains no claims',
    'FRAUD_SUSPICION_CONFIRMED',
    [{}, { family_name: 'SPECIMEN' }],
  ],
  ['an open verification contains no claims', 'CHECK_PENDING', [{}, { family_name: 'SPECIMEN' }]],
] as const)(
  'an evidence event contains claims only if the case is approved, else they are extracted facts: %s',
  (_title, status, claims) => {
    // Prepare
    const known = deliver([transition(status)]).at(-1)?.after ?? expect.unreachable('nothing was written');
    const documents = [{ type: 'idcard' }];
    const findings = { ...emptyFindings, claims: { family_name: 'SPECIMEN' }, documents };
    // Act
    const write = applyJobEnd(known, { ...result('archived', 1), findings });
    // Assess
    const { data } = eventOf(write);
    expect([data.claims, data.extracted]).toEqual(claims);
    expect(data.documents).toEqual([{ type: 'idcard' }]);
  },
);

describe('applyEvidence for a job that may forget a fingerprint', () => {
  const knownWithSeen = (...seen: string[]) => {
    const verification = decided();
    return { ...verification, ordering: { ...verification.ordering, seen } };
  };
  const known = knownWithSeen('another', 'the hint');
  const onNothing = { kind: 'forget', fingerprint: 'the hint' } as const;

  test('a failed job forgets the fingerprint of its hint', () => {
    const write = applyJobEnd(known, { ...result('failed'), onNothing });
    expect(write?.verification.ordering.seen).toEqual(['another']);
  });

  test('an archived job remembers the fingerprint of its hint, even if an earlier failure made ordering forget it', () => {
    for (const before of [known, knownWithSeen('another')]) {
      const write = applyJobEnd(before, { ...result('archived'), onNothing });
      expect(write?.verification.ordering.seen).toEqual(['another', 'the hint']);
    }
  });

  test('a job counts as a lookup for a repeated hint only if a hint requested the job and the job failed', () => {
    const lookupsAfter = (ended: JobEnd) => applyJobEnd(known, ended)?.verification.schedule.repeatLookups;
    expect(lookupsAfter({ ...result('failed'), onNothing })).toEqual(['2026-11-22T13:00:00Z']);
    expect(lookupsAfter({ ...result('archived'), onNothing })).toEqual([]);
    expect(lookupsAfter(result('failed'))).toEqual([]);
  });

  test('a failed job with the setting `onNothing: keep` forgets no fingerprint', () => {
    const write = applyJobEnd(known, result('failed'));
    expect(write?.verification.ordering.seen).toEqual(['another', 'the hint']);
  });
});

test('the reasons of the evidence are not added to a verification that is provisional again', () => {
  // Prepare: make the final state provisional, as if an operator had reset the result.
  const reason = { code: 'x', category: 'other' as const, providerCode: 'X' };
  const open: Verification = { ...decided(), finality: 'provisional' };
  // Act
  const write = applyJobEnd(open, { ...result('archived'), outcome: 'approved', reasons: [reason] });
  // Assess
  expect(write?.verification.reasons).toEqual([]);
});

test('an evidence event lists at most 200 artifacts and counts the omitted artifacts', () => {
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
  const write = applyJobEnd(decided(), {
    ...archived,
    archive: { ...archived.archive, artifacts, missing },
  });
  // Assess
  const { evidence } = eventOf(write).data;
  expect(evidence?.artifacts).toEqual(artifacts.slice(0, 200));
  expect(evidence?.missing).toEqual(missing.slice(0, 200));
  expect(evidence?.omitted).toEqual({ artifacts: 1, missing: 1 });
});

test('a verification remembers the evidence status of the last 128 requests', () => {
  const many = Object.fromEntries(
    Array.from({ length: 128 }, (_, index) => [index + 1, 'archived' as const]),
  );
  const write = applyJobEnd(known(many), result('archived', 500));
  const remembered = Object.keys(write?.verification.schedule.evidence ?? {});
  expect([remembered.length, remembered[0], remembered.at(-1)]).toEqual([128, '2', '500']);
});

test.each([
  ['come from the evidence if the state has no reasons', 'approved', [], ['from the evidence']],
  [
    'of the evidence are not added twice',
    'approved',
    ['from the result', 'from the evidence'],
    ['from the result', 'from the evidence'],
  ],
  [
    'of the evidence are added to the reasons of the state',
    'approved',
    ['from the result'],
    ['from the result', 'from the evidence'],
  ],
  [
    'stay unchanged if the evidence has another outcome',
    'declined',
    ['from the result'],
    ['from the result'],
  ],
  ['stay unchanged if the evidence has no outcome', null, ['from the result'], ['from the result']],
] as const)(
  'a state gets the reasons of the evidence only if both have the same outcome: the reasons %s',
  (_title, outcome, before, after) => {
    // Prepare
    const reason = (code: string) => ({ code, category: 'other' as const, providerCode: code });
    const evidence = { ...result('archived'), outcome, reasons: [reason('from the evidence')] };
    // Act
    const write = applyJobEnd({ ...decided(), reasons: before.map(reason) }, evidence);
    // Assess
    expect(write?.verification.reasons).toEqual(after.map(reason));
  },
);

describe('the reference of the evidence', () => {
  test.each([
    ['is taken if no reference is known', null, 'from the evidence'],
    ['does not replace a known reference', 'case-1', 'case-1'],
  ])('the reference %s', (_title, reference, expected) => {
    const write = applyJobEnd(
      { ...decided(), reference },
      { ...result('archived'), reference: 'from the evidence' },
    );
    expect(write?.verification.reference).toBe(expected);
  });

  test('a verification whose reference is in conflict gets no reference from the evidence', () => {
    // Prepare
    const hintFor = (reference: string) =>
      transition('WEBHOOK', { origin: hint, reference, fingerprint: reference });
    const conflict = deliver([hintFor('case-a'), hintFor('case-b')]).at(-1)?.after;
    // Act
    const write = applyJobEnd(conflict ?? expect.unreachable('nothing was written'), {
      ...result('archived'),
      reference: 'from the evidence',
    });
    // Assess
    expect(write?.verification.reference).toBeNull();
  });
});
