import { describe, expect, test } from 'vitest';
import { emptyFindings } from '../../shared/contract/identity.ts';
import type { Transition } from '../../shared/contract/transition.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { VerificationWrite } from '../../shared/verifications/write.ts';
import { deliver, eventOfWrite, incomingTransition, makeDelivery } from '../support/deliveries.ts';
import {
  at,
  comparedHint,
  hint,
  lookup,
  statement,
  statementWithEvidence,
  step,
  transition,
} from '../support/transitions.ts';

/** Returns the write of a transition that must be accepted. */
function acceptedWrite(known: Verification | null, next: Transition): VerificationWrite {
  const applied = applyTransition(known, incomingTransition(next));
  if (applied.kind !== 'accepted') throw new Error(`${next.providerStatus} was not accepted`);
  return applied.write;
}

const eventsOf = (deliveries: Transition[]) =>
  deliver(deliveries).flatMap(({ event }) => (event === null ? [] : [event]));

/** The evidence of a verification that has no archive, after this event has requested the evidence. */
const pendingEvidence = (requestedBy: number) => ({
  status: 'pending',
  requestedBy,
  bucket: null,
  manifest: null,
  manifestSha256: null,
  artifacts: [],
  missing: [],
  reason: null,
});

const stateAfter = (...deliveries: Transition[]) => deliver(deliveries).at(-1)?.after ?? null;

/** 201 reasons. A state may have 200. */
const manyReasons = Array.from({ length: 201 }, (_, index) => ({
  code: 'other',
  category: 'other' as const,
  providerCode: `X${index}`,
}));

describe('the type of the event', () => {
  const created = transition('CREATED');
  const start = transition('START');
  const pending = transition('CHECK_PENDING', { occurredAt: at(5) });
  const canceled = transition('CANCELED', { occurredAt: at(6) });
  const success = transition('SUCCESS', { occurredAt: at(7) });
  const nextStep = transition('START', { origin: step, fingerprint: 'a step' });

  test.each<[string, Transition[], string]>([
    ['a first START is started', [start], 'idv.verification.started.v1'],
    ['a START after CREATED is started', [created, start], 'idv.verification.started.v1'],
    [
      'a START after an abort is started',
      [start, transition('ABORTED'), start],
      'idv.verification.started.v1',
    ],
    ['a START after a cancellation is started', [pending, canceled, start], 'idv.verification.started.v1'],
    [
      'another START in the same attempt is updated',
      [start, transition('START', { fingerprint: 'another body' })],
      'idv.verification.updated.v1',
    ],
    ['CREATED is updated', [created], 'idv.verification.updated.v1'],
    ['a step is progressed', [start, nextStep], 'idv.verification.progressed.v1'],
    ['a first statement that is a review is updated', [pending], 'idv.verification.updated.v1'],
    ['a review after a START is updated', [start, pending], 'idv.verification.updated.v1'],
    ['an abort is ended', [start, transition('ABORTED')], 'idv.verification.ended.v1'],
    ['a cancellation is ended', [pending, canceled], 'idv.verification.ended.v1'],
    ['a final statement is decided', [pending, success], 'idv.verification.decided.v1'],
    ['a first statement that is final is decided', [success], 'idv.verification.decided.v1'],
    ['a final statement after a cancellation is decided', [canceled, success], 'idv.verification.decided.v1'],
    [
      'another final statement is revised',
      [success, transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(8) })],
      'idv.verification.revised.v1',
    ],
    [
      'a hint after a final statement is updated',
      [success, transition('WEBHOOK', { origin: hint })],
      'idv.verification.updated.v1',
    ],
  ])('the event type depends on the change of the case: %s', (_title, deliveries, expected) => {
    expect(eventsOf(deliveries).at(-1)?.type).toBe(expected);
  });
});

describe('supersedes', () => {
  test('a revision names the last final event, even with other events in between', () => {
    // Act
    const events = eventsOf([
      transition('CHECK_PENDING', { occurredAt: at(1) }),
      transition('SUCCESS', { occurredAt: at(2) }),
      transition('WEBHOOK', { origin: hint }),
      transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(3) }),
      transition('USER_APPROVED', { occurredAt: at(4) }),
    ]);
    // Assess
    expect(events.map(({ data }) => data.supersedes)).toEqual([
      null,
      null,
      null,
      'idnow:democompany:txn-1#20261122T120000Z.2',
      'idnow:democompany:txn-1#20261122T120000Z.4',
    ]);
  });
});

describe('the verification after applyTransition', () => {
  test('the verification takes the state of the transition, the next sequence, and the id of its write as version', () => {
    // Prepare
    const reasons = [
      { code: 'document_blurry', category: 'document_quality', providerCode: 'ID_BLURRY' },
    ] as const;
    const canceled = transition('CANCELED', {
      occurredAt: at(5),
      flags: ['retry_allowed'],
      reasons: [...reasons],
      fingerprint: 'the second fingerprint',
    });
    // Act
    const after = stateAfter(transition('START', { fingerprint: 'the first fingerprint' }), canceled);
    // Assess
    expect(after).toMatchObject({
      verificationId: 'idnow:democompany:txn-1',
      provider: 'idnow',
      source: '/providers/idnow/democompany',
      reference: 'TXN-1',
      phase: 'completed',
      outcome: 'canceled',
      finality: 'provisional',
      flags: ['retry_allowed'],
      reasons,
      providerStatus: 'CANCELED',
      ordering: {
        progress: 'ended',
        rank: 50,
        occurredAt: at(5),
        attempt: 1,
        seen: ['the first fingerprint', 'the second fingerprint'],
      },
      sequence: 2,
      version: 'write 2',
      final: null,
      schedule: { evidence: {} },
    });
  });

  test('a new attempt forgets the fingerprints of the attempt before', () => {
    const after = stateAfter(
      transition('START', { fingerprint: 'a' }),
      transition('ABORTED', { fingerprint: 'b' }),
      transition('START', { fingerprint: 'a' }),
    );
    expect(after?.ordering).toMatchObject({ attempt: 2, seen: ['a'] });
  });

  test('a new attempt remembers the latest transition time of the attempt before it', () => {
    const canceled = transition('CANCELED', { fingerprint: 'c', occurredAt: at(5) });
    const after = stateAfter(
      transition('START', { fingerprint: 'a' }),
      canceled,
      transition('START', { fingerprint: 'a' }),
    );
    expect(after?.ordering).toMatchObject({ attempt: 2, seen: ['a'], earlierUntil: at(5) });
  });

  test('a later statement without a reference keeps the reference', () => {
    const after = stateAfter(
      transition('START', { reference: 'the caller’s own' }),
      transition('CHECK_PENDING', { reference: null }),
    );
    expect(after?.reference).toBe('the caller’s own');
  });

  test.each<[string, Transition[], string | null]>([
    [
      'is taken if no other reference is known',
      [transition('START', { reference: null, echoedReference: 'echo' })],
      'echo',
    ],
    [
      'is ignored if the same statement has a reference',
      [transition('START', { reference: 'url', echoedReference: 'echo' })],
      'url',
    ],
    [
      'is ignored if an earlier statement had a reference',
      [
        transition('START', { reference: 'url' }),
        transition('CHECK_PENDING', { reference: null, echoedReference: 'echo' }),
      ],
      'url',
    ],
    [
      'is replaced by the reference of a later statement',
      [
        transition('START', { reference: null, echoedReference: 'echo' }),
        transition('CHECK_PENDING', { reference: 'url' }),
      ],
      'url',
    ],
  ])(
    'a reference that the provider echoes counts only if no other reference is known: it %s',
    (_title, deliveries, expected) => {
      expect(stateAfter(...deliveries)?.reference).toBe(expected);
    },
  );

  test('the reference of a newer statement replaces the reference of an older statement', () => {
    const after = stateAfter(
      transition('START', { reference: 'TXN-1' }),
      transition('CHECK_PENDING', { reference: 'txn-1' }),
    );
    expect([after?.reference, after?.hasReferenceConflict]).toEqual(['txn-1', false]);
  });

  const hintWith = (reference: string | null, fingerprint: string) =>
    transition('WEBHOOK', { reference, fingerprint, origin: hint });
  test.each<[string, Transition[], string | null, boolean]>([
    [
      'the same reference in two hints is kept',
      [hintWith('case-a', '1'), hintWith('case-a', '2')],
      'case-a',
      false,
    ],
    [
      'the first reference is taken after a hint without a reference',
      [hintWith(null, '1'), hintWith('case-a', '2')],
      'case-a',
      false,
    ],
    [
      'the reference is kept after a hint without a reference',
      [hintWith('case-a', '1'), hintWith(null, '2')],
      'case-a',
      false,
    ],
    [
      'two hints with different references clear the reference',
      [hintWith('case-a', '1'), hintWith('case-b', '2')],
      null,
      true,
    ],
    [
      'after two different references, no later hint sets the reference',
      [hintWith('case-a', '1'), hintWith('case-b', '2'), hintWith('case-a', '3'), hintWith('case-a', '4')],
      null,
      true,
    ],
    [
      'a hint after a final statement clears a different reference',
      [hintWith('case-a', '1'), transition('SUCCESS', { reference: null }), hintWith('case-b', '2')],
      null,
      true,
    ],
    [
      'after two different references, no later statement sets the reference',
      [hintWith('case-a', '1'), hintWith('case-b', '2'), transition('SUCCESS', { reference: 'case-a' })],
      null,
      true,
    ],
  ])(
    'two hints with different references clear the reference for good: %s',
    (_title, deliveries, reference, hasConflict) => {
      const after = stateAfter(...deliveries);
      expect([after?.reference, after?.hasReferenceConflict]).toEqual([reference, hasConflict]);
      expect(eventsOf(deliveries).at(-1)?.data.reference).toBe(reference);
    },
  );

  test('a verification remembers which event requested its lookup until a statement replaces the state of the lookup', () => {
    const lookedUp = transition('SUCCESS', { origin: lookup(4) });
    const stated = transition('USER_APPROVED');
    expect(stateAfter(lookedUp)?.ordering.lookup?.requestedBy).toBe(4);
    expect(stateAfter(lookedUp, stated)?.ordering.lookup?.requestedBy).toBeUndefined();
    // EXPIRED and WEBHOOK do not replace the state of the lookup. They only request another lookup.
    expect(stateAfter(lookedUp, transition('EXPIRED'))?.ordering.lookup?.requestedBy).toBe(4);
    expect(stateAfter(lookedUp, transition('WEBHOOK', { origin: hint }))?.ordering.lookup?.requestedBy).toBe(
      4,
    );
  });

  test('a verification remembers its last statement until a lookup replaces the state of the statement', () => {
    const stated = [transition('START'), transition('SUCCESS')];
    expect(stateAfter(...stated)?.ordering.lastStatement).toBe(2);
    // A lookup that confirms the last statement, or may be older, does not make ordering forget this statement.
    expect(stateAfter(...stated, transition('SUCCESS', { origin: lookup(2) }))?.ordering.lastStatement).toBe(
      2,
    );
    expect(stateAfter(...stated, transition('EXPIRED', { origin: lookup(1) }))).toMatchObject({
      sequence: 3,
      ordering: { lastStatement: 2 },
      providerStatus: 'SUCCESS',
    });
    expect(
      stateAfter(...stated, transition('EXPIRED', { origin: lookup(2) }))?.ordering.lastStatement,
    ).toBeNull();
  });

  test('the first statement that repeats the state of a lookup is remembered as the last statement', () => {
    const lookedUp = transition('SUCCESS', { origin: lookup(1), fingerprint: 'looked up' });
    const known = stateAfter(transition('START'), lookedUp, transition('SUCCESS'));
    expect(known).toMatchObject({
      sequence: 2,
      version: 'write 3',
      ordering: { lookup: { requestedBy: 1 }, lastStatement: 3 },
    });
    expect(
      stateAfter(
        transition('START'),
        lookedUp,
        transition('SUCCESS'),
        transition('SUCCESS', { fingerprint: 'b' }),
      ),
    ).toMatchObject({ version: 'write 3' });
    expect(stateAfter(transition('SUCCESS'), transition('SUCCESS', { fingerprint: 'b' }))).toMatchObject({
      version: 'write 1',
    });
  });

  test('a newer lookup with the same result is remembered and publishes no event', () => {
    // Prepare
    const known = stateAfter(transition('SUCCESS', { origin: lookup(2), fingerprint: 'a' }));
    const again = (requestedBy: number) =>
      applyTransition(
        known,
        incomingTransition(
          transition('SUCCESS', { origin: lookup(requestedBy), fingerprint: 'b' }),
          'this write',
        ),
      );
    // Act
    const applied = again(3);
    // Assess
    expect(applied).toEqual({
      decision: { kind: 'duplicate', reason: 'same-meaning' },
      kind: 'dropped',
      write: {
        verification: {
          ...known,
          ordering: { ...known?.ordering, lookup: { requestedBy: 3, rank: 60 } },
          version: 'this write',
        },
        outbox: { event: null, jobs: [], delivery: null },
      },
    });
    expect(again(2)).toMatchObject({ decision: { kind: 'duplicate' }, write: null });
    expect(again(1)).toMatchObject({ decision: { kind: 'stale' }, write: null });
  });

  test('a lookup that leaves the case open is remembered, but publishes no event', () => {
    // Prepare
    const open = stateAfter(transition('WEBHOOK', { origin: hint }));
    const undecided = (requestedBy: number) =>
      transition('EXPIRED', {
        rank: 35,
        origin: lookup(requestedBy, 'revise'),
        fingerprint: `${requestedBy}`,
      });
    // Act
    const applied = applyTransition(open, incomingTransition(undecided(3), 'this write'));
    // Assess
    expect(applied).toEqual({
      decision: { kind: 'stale', reason: 'nothing-to-revise' },
      kind: 'dropped',
      write: {
        verification: {
          ...open,
          ordering: { ...open?.ordering, lookup: { requestedBy: 3, rank: 35 } },
          version: 'this write',
        },
        outbox: { event: null, jobs: [], delivery: null },
      },
    });
    const anotherHint = transition('WEBHOOK', { origin: hint, fingerprint: 'another' });
    const undecidedThen = (...more: Transition[]) =>
      stateAfter(transition('WEBHOOK', { origin: hint }), undecided(3), ...more);
    expect(undecidedThen(anotherHint)?.ordering.lookup, 'kept after a hint').toEqual({
      rank: 35,
      requestedBy: 3,
    });
    expect(undecidedThen(undecided(2))).toMatchObject({
      ordering: { lookup: { requestedBy: 3 } },
      version: 'write 2',
    });
    expect(undecidedThen(undecided(4))).toMatchObject({
      ordering: { lookup: { requestedBy: 4 } },
      version: 'write 3',
    });
  });

  test('a lookup that may only revise does not change a final case of a higher rank', () => {
    const decided = transition('USER_APPROVED', { origin: lookup(2) });
    const undecided = transition('EXPIRED', { rank: 35, origin: lookup(3, 'revise') });
    expect(stateAfter(decided, undecided)).toMatchObject({
      ordering: { lookup: { requestedBy: 2 } },
      version: 'write 1',
    });
  });

  test.each([
    ['its own time if it has a time', '2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z'],
    ['the known time if it has no time', null, '2026-11-22T09:00:00Z'],
  ])(
    'a lookup that confirms a statement makes ordering remember a time: %s',
    (_title, occurredAt, expected) => {
      const known = stateAfter(transition('SUCCESS', { occurredAt: '2026-11-22T09:00:00Z' }));
      const lookedUp = transition('SUCCESS', { origin: lookup(1), fingerprint: 'looked up', occurredAt });
      const applied = applyTransition(known, incomingTransition(lookedUp, 'this write'));
      expect(applied.write?.verification).toMatchObject({
        ordering: { lookup: { requestedBy: 1 }, occurredAt: expected },
      });
    },
  );

  test('the last 128 fingerprints of an attempt are remembered', () => {
    const fingerprints = Array.from({ length: 130 }, (_, index) => `fingerprint ${index}`);
    const after = stateAfter(
      ...fingerprints.map((fingerprint) => transition('START', { fingerprint, origin: step })),
    );
    const { seen = [] } = after?.ordering ?? {};
    expect([seen.length, seen[0], seen.at(-1)]).toEqual([128, 'fingerprint 2', 'fingerprint 129']);
  });

  test('a hint in a final case changes only the sequence, the version, the fingerprints and the evidence', () => {
    // Prepare
    const final = stateAfter(transition('USER_APPROVED', { occurredAt: at(5), fingerprint: 'a' }));
    // Act
    const later = transition('WEBHOOK', { occurredAt: at(9), origin: hint, fingerprint: 'b' });
    const { verification } = acceptedWrite(final, later);
    // Assess
    expect(verification).toEqual({
      ...final,
      sequence: 2,
      version: 'a write',
      evidence: pendingEvidence(2),
      ordering: { ...final?.ordering, seen: ['a', 'b'] },
      schedule: { ...final?.schedule, evidence: { 2: 'pending' } },
    });
  });

  test('a hint keeps the number of omitted reasons, and a revision with few reasons removes this number', () => {
    const long = transition('SUCCESS', { occurredAt: at(5), reasons: manyReasons });
    const hinted = stateAfter(long, transition('WEBHOOK', { origin: hint }));
    expect(hinted).toMatchObject({ reasons: manyReasons.slice(0, 200), reasonsOmitted: 1 });
    const revised = stateAfter(long, transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(6) }));
    expect(revised).not.toHaveProperty('reasonsOmitted');
  });

  test('an accepted transition keeps the remembered times of lookups for repeated hints', () => {
    const repeatLookups = ['2026-11-22T10:00:00Z'];
    const before = stateAfter(transition('WEBHOOK', { origin: hint }));
    if (before === null) throw new Error('nothing was written');
    const known = { ...before, schedule: { ...before.schedule, repeatLookups } };
    const next = [transition('CHECK_PENDING'), transition('START', { origin: hint })];
    const after = next.map((each) => acceptedWrite(known, each).verification.schedule.repeatLookups);
    expect(after).toEqual([repeatLookups, repeatLookups]);
  });

  test('a revision keeps the status of the archived evidence', () => {
    const archived = stateAfter(transition('SUCCESS', { occurredAt: at(5) }));
    if (archived === null) throw new Error('nothing was written');
    const revision = transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(6) });
    const schedule = { ...archived.schedule, evidence: { 1: 'archived' as const } };
    const { verification } = acceptedWrite({ ...archived, schedule }, revision);
    expect(verification.schedule.evidence).toEqual({ 1: 'archived' });
  });

  test('a final statement and a recheck mark their evidence as pending', () => {
    const after = stateAfter(
      transition('START'),
      transition('SUCCESS', { origin: statementWithEvidence }),
      transition('SUCCESS', { origin: lookup(2), fingerprint: 'looked up' }),
      transition('EXPIRED'),
    );
    expect(after?.schedule.evidence, 'of the final statement, and of the recheck').toEqual({
      2: 'pending',
      3: 'pending',
    });
  });

  test('the row remembers the event that set the current final state, and when it was received', () => {
    // Prepare
    const final = [
      transition('START'),
      transition('SUCCESS', { occurredAt: at(5) }),
      transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(6) }),
    ];
    // Act
    const revised = stateAfter(...final);
    const hinted = stateAfter(...final, transition('WEBHOOK', { origin: hint }));
    // Assess
    const expected = { eventId: 'idnow:democompany:txn-1#20261122T120000Z.3', at: '2026-11-22T12:00:00Z' };
    expect(revised?.final).toEqual(expected);
    expect(hinted?.final, 'a recheck is no final state').toEqual(expected);
  });
});

describe('the outbox after applyTransition', () => {
  test('a final statement with evidence sends one event, its delivery and a job', () => {
    // Prepare
    const delivery = makeDelivery();
    const success = transition('SUCCESS', { origin: statementWithEvidence, reference: null });
    // Act
    const before = stateAfter(transition('CHECK_PENDING', { reference: 'TXN-1' }));
    const applied = applyTransition(before, { ...incomingTransition(success, 'this write'), delivery });
    // Assess
    expect(applied).toMatchObject({
      kind: 'accepted',
      write: {
        outbox: {
          event: { type: 'idv.verification.decided.v1', occurredAt: null, supersedes: null },
          jobs: [
            {
              purpose: 'archive',
              provider: 'idnow',
              verificationId: 'idnow:democompany:txn-1',
              reference: 'TXN-1',
              generation: '20261122T120000Z',
              sequence: 2,
              providerStatus: 'SUCCESS',
              statusBefore: 'CHECK_PENDING',
              requestedAt: '2026-11-22T12:00:00Z',
              onNothing: { kind: 'keep' },
            },
          ],
          delivery,
        },
      },
    });
  });

  test('a recheck sends a job, even for a statement that requests no evidence', () => {
    const known = stateAfter(transition('SUCCESS', { origin: lookup(4) }));
    const expired = transition('EXPIRED', { origin: statement });
    expect(acceptedWrite(known, expired).outbox.jobs).toMatchObject([
      { sequence: 2, providerStatus: 'EXPIRED', onNothing: { fingerprint: expired.fingerprint } },
    ]);
  });

  test.each<[string, Transition, object | null]>([
    [
      'carries a statement that withdraws an approval',
      transition('EXPIRED'),
      { outcome: 'expired', rank: 60 },
    ],
    [
      'carries no statement that approves',
      transition('SUCCESS', { flags: ['data_changed'], fingerprint: 'another' }),
      null,
    ],
    ['carries no hint', transition('WEBHOOK', { origin: hint }), null],
  ])(
    'the job of a recheck carries a statement only if the statement withdraws an approval: the job %s',
    (_title, recheck, carried) => {
      const known = stateAfter(transition('SUCCESS', { origin: lookup(4) }));
      const [job] = acceptedWrite(known, recheck).outbox.jobs;
      const { fingerprint, providerStatus } = recheck;
      expect(job?.onNothing).toMatchObject(
        carried === null
          ? { kind: 'forget', fingerprint }
          : { kind: 'apply', fingerprint, statement: { ...carried, providerStatus } },
      );
    },
  );

  test('the job of a recheck carries at most 200 reasons', () => {
    const known = stateAfter(transition('SUCCESS', { origin: lookup(4) }));
    const [job] = acceptedWrite(known, transition('EXPIRED', { reasons: manyReasons })).outbox.jobs;
    expect(job?.onNothing).toMatchObject({ statement: { reasons: manyReasons.slice(0, 200) } });
  });

  test('a job carries no statement if the case is not approved, or if the statement has changed the state', () => {
    const declined = stateAfter(transition('FRAUD_SUSPICION_CONFIRMED', { origin: lookup(4) }));
    expect(acceptedWrite(declined, transition('EXPIRED')).outbox.jobs).toMatchObject([
      { onNothing: { kind: 'forget' } },
    ]);
    const declining = transition('FRAUD_SUSPICION_CONFIRMED', { origin: statementWithEvidence });
    expect(acceptedWrite(stateAfter(transition('SUCCESS')), declining).outbox.jobs).toMatchObject([
      { onNothing: { kind: 'keep' } },
    ]);
  });

  test('a lookup that may be older than the state sends a job and an event without the findings of the lookup', () => {
    // Prepare
    const known = stateAfter(transition('START'), transition('SUCCESS'));
    const findings = { ...emptyFindings, claims: { given_name: 'ANNA' } };
    const lookedUp = transition('EXPIRED', { origin: lookup(1), fingerprint: 'looked up', findings });
    // Act
    const applied = applyTransition(known, incomingTransition(lookedUp));
    // Assess
    if (applied.kind !== 'accepted') throw new Error('the lookup was not accepted');
    const { jobs } = applied.write.outbox;
    const { type, data } = eventOfWrite(applied.write) ?? expect.unreachable('there is no event');
    expect(type).toBe('idv.verification.updated.v1');
    expect(data).toMatchObject({ sequence: 3, outcome: 'approved', providerStatus: 'SUCCESS' });
    expect([data.claims, data.extracted]).toEqual([{}, {}]);
    // If this job fails, the effect of the lookup stays, because nobody can send the lookup again.
    expect(jobs).toMatchObject([{ sequence: 3, providerStatus: 'EXPIRED', onNothing: { kind: 'keep' } }]);
  });

  test('a repeated hint that may be compared sends only a job with the purpose compare', () => {
    // Prepare
    const webhook = transition('WEBHOOK', { origin: comparedHint });
    const known = stateAfter(webhook, transition('SUCCESS', { origin: lookup(1) }));
    // Act
    const applied = applyTransition(known, incomingTransition(webhook, 'this write'));
    // Assess
    expect(applied).toEqual({
      decision: { kind: 'duplicate', reason: 'seen' },
      kind: 'dropped',
      write: {
        verification: {
          ...known,
          schedule: { ...known?.schedule, comparisonRequestedAt: '2026-11-22T12:00:00Z' },
          version: 'this write',
        },
        outbox: {
          event: null,
          jobs: [
            {
              purpose: 'compare',
              provider: 'idnow',
              verificationId: 'idnow:democompany:txn-1',
              reference: 'TXN-1',
              generation: '20261122T120000Z',
              sequence: 2,
              providerStatus: 'WEBHOOK',
              occurredAt: null,
              requestedAt: '2026-11-22T12:00:00Z',
              notBefore: null,
              onNothing: { kind: 'keep' },
            },
          ],
          delivery: null,
        },
      },
    });
  });

  test.each([
    ['no job while a comparison is pending', '2026-11-22T11:00:01Z', 0],
    ['another job if the pending comparison was requested an hour ago', '2026-11-22T11:00:00Z', 1],
    ['another job if the last comparison has started', null, 1],
  ])(
    'a repeated hint requests a comparison unless another comparison is pending: it sends %s',
    (_title, comparisonRequestedAt, jobs) => {
      const webhook = transition('WEBHOOK', { origin: comparedHint });
      const known = stateAfter(webhook);
      if (known === null) throw new Error('nothing was written');
      const applied = applyTransition(
        { ...known, schedule: { ...known.schedule, comparisonRequestedAt } },
        incomingTransition(webhook),
      );
      expect(applied.write?.outbox.jobs ?? []).toHaveLength(jobs);
    },
  );

  test('a repeated hint writes nothing if no comparison is allowed for this hint', () => {
    const webhook = transition('WEBHOOK', { origin: hint });
    expect(applyTransition(stateAfter(webhook), incomingTransition(webhook))).toMatchObject({ write: null });
  });

  test('a statement that requests no evidence sends no job', () => {
    expect(acceptedWrite(null, transition('SUCCESS', { origin: statement })).outbox.jobs).toEqual([]);
  });

  test('each new hint sends a job, even after a final state', () => {
    const newHint = transition('WEBHOOK', { origin: hint, fingerprint: 'new' });
    const jobs = acceptedWrite(stateAfter(transition('USER_APPROVED')), newHint).outbox.jobs;
    expect(jobs).toMatchObject([
      { sequence: 2, providerStatus: 'WEBHOOK', onNothing: { kind: 'forget', fingerprint: 'new' } },
    ]);
  });
});
