import { describe, expect, test } from 'vitest';
import { noFindings } from '../../shared/contract/identity.ts';
import type { Transition } from '../../shared/contract/transition.ts';
import { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { applyTransition } from '../../shared/verifications/apply-transition.ts';
import type { Verification } from '../../shared/verifications/verification.ts';
import type { Write } from '../../shared/verifications/write.ts';
import { arrivalOf, deliver } from '../support/deliveries.ts';
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

function written(known: Verification | null, arriving: Transition): Write {
  const applied = applyTransition(known, arrivalOf(arriving));
  if (!('write' in applied)) throw new Error(`${arriving.providerStatus} was not accepted`);
  return applied.write;
}

const eventsOf = (deliveries: Transition[]) =>
  deliver(deliveries).flatMap(({ events }) =>
    events.map((json) => VerificationEvent.parse(JSON.parse(json))),
  );

const stateAfter = (...deliveries: Transition[]) => deliver(deliveries).at(-1)?.after ?? null;

/** One more than a state may have. */
const manyReasons = Array.from({ length: 201 }, (_, index) => ({
  code: 'other',
  category: 'other' as const,
  providerCode: `X${index}`,
}));

describe('the type of an event', () => {
  const created = transition('CREATED');
  const start = transition('START');
  const pending = transition('CHECK_PENDING', { occurredAt: at(5) });
  const canceled = transition('CANCELED', { occurredAt: at(6) });
  const success = transition('SUCCESS', { occurredAt: at(7) });
  const nextStep = transition('START', { origin: step, fingerprint: 'a step' });

  test.each<[string, Transition[], string]>([
    ['a first START', [start], 'idv.verification.started.v1'],
    ['a START after CREATED', [created, start], 'idv.verification.started.v1'],
    ['a START after an abort', [start, transition('ABORTED'), start], 'idv.verification.started.v1'],
    ['a START after a cancellation', [pending, canceled, start], 'idv.verification.started.v1'],
    [
      'another START while started',
      [start, transition('START', { fingerprint: 'another body' })],
      'idv.verification.updated.v1',
    ],
    ['CREATED', [created], 'idv.verification.updated.v1'],
    ['a step', [start, nextStep], 'idv.verification.progressed.v1'],
    ['a first word that is a review', [pending], 'idv.verification.updated.v1'],
    ['a review after a START', [start, pending], 'idv.verification.updated.v1'],
    ['an abort', [start, transition('ABORTED')], 'idv.verification.ended.v1'],
    ['a cancellation', [pending, canceled], 'idv.verification.ended.v1'],
    ['a result', [pending, success], 'idv.verification.decided.v1'],
    ['a first word that is a result', [success], 'idv.verification.decided.v1'],
    ['a result after a cancellation', [canceled, success], 'idv.verification.decided.v1'],
    [
      'another result',
      [success, transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(8) })],
      'idv.verification.revised.v1',
    ],
    [
      'an unconfirmed word after a result',
      [success, transition('WEBHOOK', { origin: hint })],
      'idv.verification.updated.v1',
    ],
  ])('of %s', (_what, deliveries, expected) => {
    expect(eventsOf(deliveries).at(-1)?.type).toBe(expected);
  });
});

describe('what an event replaces', () => {
  test('is the final event before, also over events in between', () => {
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
      'idnow:democompany:txn-1#2',
      'idnow:democompany:txn-1#4',
    ]);
  });
});

describe('the verification after a write', () => {
  test('is the transition’s state, numbered', () => {
    // Prepare
    const reasons = [
      { code: 'document_blurry', category: 'document_quality', providerCode: 'ID_BLURRY' },
    ] as const;
    const canceled = transition('CANCELED', {
      occurredAt: at(5),
      flags: ['retry_allowed'],
      reasons: [...reasons],
      fingerprint: 'the second body',
    });
    // Act
    const after = stateAfter(transition('START', { fingerprint: 'the first body' }), canceled);
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
        stage: 'ended',
        rank: 50,
        occurredAt: at(5),
        attempt: 1,
        seen: ['the first body', 'the second body'],
      },
      sequence: 2,
      version: 2,
      finalEventId: null,
      schedule: { evidence: {} },
    });
  });

  test('counts attempts, and forgets the bodies of the last one', () => {
    const after = stateAfter(
      transition('START', { fingerprint: 'a' }),
      transition('ABORTED', { fingerprint: 'b' }),
      transition('START', { fingerprint: 'a' }),
    );
    expect(after?.ordering).toMatchObject({ attempt: 2, seen: ['a'] });
  });

  test('remembers the last time of the attempt before', () => {
    const canceled = transition('CANCELED', { fingerprint: 'c', occurredAt: at(5) });
    const after = stateAfter(
      transition('START', { fingerprint: 'a' }),
      canceled,
      transition('START', { fingerprint: 'a' }),
    );
    expect(after?.ordering).toMatchObject({ attempt: 2, seen: ['a'], earlierUntil: at(5) });
  });

  test('keeps the reference where a later word has none', () => {
    const after = stateAfter(
      transition('START', { reference: 'the caller’s own' }),
      transition('CHECK_PENDING', { reference: null }),
    );
    expect(after?.reference).toBe('the caller’s own');
  });

  test.each<[string, Transition[], string | null]>([
    [
      'where nothing else has named the case',
      [transition('START', { reference: null, echoedReference: 'echo' })],
      'echo',
    ],
    [
      'not where the same word has one',
      [transition('START', { reference: 'url', echoedReference: 'echo' })],
      'url',
    ],
    [
      'not where an earlier word had one',
      [
        transition('START', { reference: 'url' }),
        transition('CHECK_PENDING', { reference: null, echoedReference: 'echo' }),
      ],
      'url',
    ],
    [
      'until a word has one',
      [
        transition('START', { reference: null, echoedReference: 'echo' }),
        transition('CHECK_PENDING', { reference: 'url' }),
      ],
      'url',
    ],
  ])('takes the reference that is only an echo %s', (_what, deliveries, expected) => {
    expect(stateAfter(...deliveries)?.reference).toBe(expected);
  });

  test('takes the newest reference of a confirmed sender', () => {
    const after = stateAfter(
      transition('START', { reference: 'TXN-1' }),
      transition('CHECK_PENDING', { reference: 'txn-1' }),
    );
    expect([after?.reference, after?.referenceDisputed]).toEqual(['txn-1', false]);
  });

  const claim = (reference: string | null, fingerprint: string) =>
    transition('WEBHOOK', { reference, fingerprint, origin: hint });
  test.each<[string, Transition[], string | null, boolean]>([
    ['keeps the only one', [claim('case-a', '1'), claim('case-a', '2')], 'case-a', false],
    [
      'takes the first, where the word before had none',
      [claim(null, '1'), claim('case-a', '2')],
      'case-a',
      false,
    ],
    ['keeps one over a word without', [claim('case-a', '1'), claim(null, '2')], 'case-a', false],
    ['believes neither of two', [claim('case-a', '1'), claim('case-b', '2')], null, true],
    [
      'believes none from then on',
      [claim('case-a', '1'), claim('case-b', '2'), claim('case-a', '3'), claim('case-a', '4')],
      null,
      true,
    ],
    [
      'believes neither after a result',
      [claim('case-a', '1'), transition('SUCCESS', { reference: null }), claim('case-b', '2')],
      null,
      true,
    ],
    [
      'believes neither, whatever is confirmed later',
      [claim('case-a', '1'), claim('case-b', '2'), transition('SUCCESS', { reference: 'case-a' })],
      null,
      true,
    ],
  ])('of unconfirmed references %s', (_what, deliveries, reference, disputed) => {
    const after = stateAfter(...deliveries);
    expect([after?.reference, after?.referenceDisputed]).toEqual([reference, disputed]);
    expect(eventsOf(deliveries).at(-1)?.data.reference).toBe(reference);
  });

  test('remembers who asked for a fetched state, until another state comes', () => {
    const fetched = transition('SUCCESS', { origin: lookup(4) });
    const delivered = transition('USER_APPROVED');
    expect(stateAfter(fetched)?.ordering.lookup?.requestedBy).toBe(4);
    expect(stateAfter(fetched, delivered)?.ordering.lookup?.requestedBy).toBeUndefined();
    // Looked up again, but still the state that was fetched.
    expect(stateAfter(fetched, transition('EXPIRED'))?.ordering.lookup?.requestedBy).toBe(4);
    expect(stateAfter(fetched, transition('WEBHOOK', { origin: hint }))?.ordering.lookup?.requestedBy).toBe(
      4,
    );
  });

  test('remembers which event a delivered state became, until a fetched one comes', () => {
    const delivered = [transition('START'), transition('SUCCESS')];
    expect(stateAfter(...delivered)?.ordering.lastStatement).toBe(2);
    // Confirmed, or looked up again, it is still what was delivered.
    expect(
      stateAfter(...delivered, transition('SUCCESS', { origin: lookup(2) }))?.ordering.lastStatement,
    ).toBe(2);
    expect(stateAfter(...delivered, transition('EXPIRED', { origin: lookup(1) }))).toMatchObject({
      sequence: 3,
      ordering: { lastStatement: 2 },
      providerStatus: 'SUCCESS',
    });
    expect(
      stateAfter(...delivered, transition('EXPIRED', { origin: lookup(2) }))?.ordering.lastStatement,
    ).toBeNull();
  });

  test('of a delivered word that says what was fetched, notes that jobs before it may be older, once', () => {
    const fetched = transition('SUCCESS', { origin: lookup(1), fingerprint: 'fetched' });
    const known = stateAfter(transition('START'), fetched, transition('SUCCESS'));
    expect(known).toMatchObject({
      sequence: 2,
      version: 3,
      ordering: { lookup: { requestedBy: 1 }, lastStatement: 3 },
    });
    expect(
      stateAfter(
        transition('START'),
        fetched,
        transition('SUCCESS'),
        transition('SUCCESS', { fingerprint: 'b' }),
      ),
    ).toMatchObject({ version: 3 });
    expect(stateAfter(transition('SUCCESS'), transition('SUCCESS', { fingerprint: 'b' }))).toMatchObject({
      version: 1,
    });
  });

  test('of a fetched result that says the same, notes that it was asked for later, and sends nothing', () => {
    // Prepare
    const known = stateAfter(transition('SUCCESS', { origin: lookup(2), fingerprint: 'a' }));
    const again = (requestedBy: number) =>
      applyTransition(
        known,
        arrivalOf(transition('SUCCESS', { origin: lookup(requestedBy), fingerprint: 'b' }), 'this write'),
      );
    // Act
    const applied = again(3);
    // Assess
    expect(applied).toEqual({
      decision: { kind: 'duplicate', reason: 'same-meaning' },
      note: {
        verification: {
          ...known,
          ordering: { ...known?.ordering, lookup: { requestedBy: 3, rank: 60 } },
          version: 2,
        },
        outbox: { writeId: 'this write', events: [], jobs: [], delivery: null },
      },
    });
    expect(again(2)).toMatchObject({ decision: { kind: 'duplicate' }, note: null });
    expect(again(1)).toMatchObject({ decision: { kind: 'stale' }, note: null });
  });

  test('of a fetched result that leaves the case open, notes when it was asked for, and sends nothing', () => {
    // Prepare
    const open = stateAfter(transition('WEBHOOK', { origin: hint }));
    const undecided = (requestedBy: number) =>
      transition('EXPIRED', {
        rank: 35,
        origin: lookup(requestedBy, 'revise'),
        fingerprint: `${requestedBy}`,
      });
    // Act
    const applied = applyTransition(open, arrivalOf(undecided(3), 'this write'));
    // Assess
    expect(applied).toEqual({
      decision: { kind: 'stale', reason: 'nothing-to-revise' },
      note: {
        verification: {
          ...open,
          ordering: { ...open?.ordering, lookup: { requestedBy: 3, rank: 35 } },
          version: 2,
        },
        outbox: { writeId: 'this write', events: [], jobs: [], delivery: null },
      },
    });
    const word = transition('WEBHOOK', { origin: hint, fingerprint: 'another' });
    const undecidedThen = (...more: Transition[]) =>
      stateAfter(transition('WEBHOOK', { origin: hint }), undecided(3), ...more);
    expect(undecidedThen(word)?.ordering.lookup, 'kept through a word').toEqual({ rank: 35, requestedBy: 3 });
    expect(undecidedThen(undecided(2))).toMatchObject({
      ordering: { lookup: { requestedBy: 3 } },
      version: 2,
    });
    expect(undecidedThen(undecided(4))).toMatchObject({
      ordering: { lookup: { requestedBy: 4 } },
      version: 3,
    });
  });

  test('of a fetched result that decides nothing, notes nothing where a word has decided', () => {
    const decided = transition('USER_APPROVED', { origin: lookup(2) });
    const undecided = transition('EXPIRED', { rank: 35, origin: lookup(3, 'revise') });
    expect(stateAfter(decided, undecided)).toMatchObject({
      ordering: { lookup: { requestedBy: 2 } },
      version: 1,
    });
  });

  test.each([
    ['its own time', '2026-11-22T10:00:00Z', '2026-11-22T10:00:00Z'],
    ['the time that is known, where it has none', null, '2026-11-22T09:00:00Z'],
  ])('of a fetched result that says the same, notes %s', (_what, occurredAt, expected) => {
    const known = stateAfter(transition('SUCCESS', { occurredAt: '2026-11-22T09:00:00Z' }));
    const fetched = transition('SUCCESS', { origin: lookup(1), fingerprint: 'fetched', occurredAt });
    const applied = applyTransition(known, arrivalOf(fetched, 'this write'));
    expect('note' in applied && applied.note?.verification).toMatchObject({
      ordering: { lookup: { requestedBy: 1 }, occurredAt: expected },
    });
  });

  test('remembers the last 128 bodies', () => {
    const bodies = Array.from({ length: 130 }, (_, index) => `body ${index}`);
    const after = stateAfter(
      ...bodies.map((fingerprint) => transition('START', { fingerprint, origin: step })),
    );
    const { seen = [] } = after?.ordering ?? {};
    expect([seen.length, seen[0], seen.at(-1)]).toEqual([128, 'body 2', 'body 129']);
  });

  test('keeps state, order and final event over an unconfirmed word', () => {
    // Prepare
    const final = stateAfter(transition('USER_APPROVED', { occurredAt: at(5), fingerprint: 'a' }));
    // Act
    const word = transition('WEBHOOK', { occurredAt: at(9), origin: hint, fingerprint: 'b' });
    const { verification } = written(final, word);
    // Assess
    const bodies = ['a', 'b'];
    expect(verification).toEqual({
      ...final,
      sequence: 2,
      version: 2,
      ordering: { ...final?.ordering, seen: bodies },
      schedule: { ...final?.schedule, evidence: { 2: 'pending' } },
    });
  });

  test('keeps the count of the reasons that were cut off over a hint, and drops it with the next state', () => {
    const long = transition('SUCCESS', { occurredAt: at(5), reasons: manyReasons });
    const hinted = stateAfter(long, transition('WEBHOOK', { origin: hint }));
    expect(hinted).toMatchObject({ reasons: manyReasons.slice(0, 200), reasonsOmitted: 1 });
    const revised = stateAfter(long, transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(6) }));
    expect(revised).not.toHaveProperty('reasonsOmitted');
  });

  test('keeps when the provider was asked because of repetitions, over whatever is accepted', () => {
    const repeatLookups = ['2026-11-22T10:00:00Z'];
    const before = stateAfter(transition('WEBHOOK', { origin: hint }));
    if (before === null) throw new Error('nothing was written');
    const known = { ...before, schedule: { ...before.schedule, repeatLookups } };
    const next = [transition('CHECK_PENDING'), transition('START', { origin: hint })];
    const after = next.map((each) => written(known, each).verification.schedule.repeatLookups);
    expect(after).toEqual([repeatLookups, repeatLookups]);
  });

  test('keeps what is known of the evidence', () => {
    const archived = stateAfter(transition('SUCCESS', { occurredAt: at(5) }));
    if (archived === null) throw new Error('nothing was written');
    const revision = transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(6) });
    const schedule = { ...archived.schedule, evidence: { 1: 'archived' as const } };
    const { verification } = written({ ...archived, schedule }, revision);
    expect(verification.schedule.evidence).toEqual({ 1: 'archived' });
  });

  test('knows which evidence has been asked for', () => {
    const after = stateAfter(
      transition('START'),
      transition('SUCCESS', { origin: statementWithEvidence }),
      transition('SUCCESS', { origin: lookup(2), fingerprint: 'fetched' }),
      transition('EXPIRED'),
    );
    expect(after?.schedule.evidence, 'by a result, and by what is looked up again').toEqual({
      2: 'pending',
      3: 'pending',
    });
  });

  test('names the event of the result in force', () => {
    const revised = stateAfter(
      transition('START'),
      transition('SUCCESS', { occurredAt: at(5) }),
      transition('FRAUD_SUSPICION_CONFIRMED', { occurredAt: at(6) }),
    );
    expect(revised?.finalEventId).toBe('idnow:democompany:txn-1#3');
  });
});

describe('what a write sends', () => {
  test('is one event, the delivery, and a job where evidence is wanted', () => {
    // Prepare
    const delivery = {
      deliveryId: 'a delivery',
      provider: 'idnow',
      receivedAt: '2026-11-22T12:00:00Z',
      body: { kind: 'inline', gzip: new Uint8Array([1]) },
    } as const;
    const success = transition('SUCCESS', { origin: statementWithEvidence, reference: null });
    // Act
    const before = stateAfter(transition('CHECK_PENDING', { reference: 'TXN-1' }));
    const applied = applyTransition(before, { ...arrivalOf(success, 'this write'), delivery });
    // Assess
    expect(applied).toMatchObject({
      write: {
        outbox: {
          writeId: 'this write',
          events: [expect.stringContaining('idv.verification.decided.v1')],
          jobs: [
            {
              purpose: 'archive',
              provider: 'idnow',
              verificationId: 'idnow:democompany:txn-1',
              reference: 'TXN-1',
              sequence: 2,
              providerStatus: 'SUCCESS',
              requestedAt: '2026-11-22T12:00:00Z',
              onNothing: { kind: 'keep' },
            },
          ],
          delivery,
        },
      },
    });
  });

  test('is a job for what is only looked up again, also where none is wanted otherwise', () => {
    const known = stateAfter(transition('SUCCESS', { origin: lookup(4) }));
    const word = transition('EXPIRED', { origin: statement });
    expect(written(known, word).outbox.jobs).toMatchObject([
      { sequence: 2, providerStatus: 'EXPIRED', onNothing: { fingerprint: word.fingerprint } },
    ]);
  });

  test.each<[string, Transition, object | null]>([
    ['carries a word that takes an approval back', transition('EXPIRED'), { outcome: 'expired', rank: 60 }],
    ['carries no approval', transition('SUCCESS', { flags: ['data_changed'], fingerprint: 'another' }), null],
    ['carries no unconfirmed word', transition('WEBHOOK', { origin: hint }), null],
  ])('that looks up %s', (_what, word, withheld) => {
    const known = stateAfter(transition('SUCCESS', { origin: lookup(4) }));
    const [job] = written(known, word).outbox.jobs;
    const { fingerprint, providerStatus } = word;
    expect(job?.onNothing).toMatchObject(
      withheld === null
        ? { kind: 'forget', fingerprint }
        : { kind: 'apply', fingerprint, statement: { ...withheld, providerStatus } },
    );
  });

  test('carries as many reasons of an unverified statement as the state may have', () => {
    const known = stateAfter(transition('SUCCESS', { origin: lookup(4) }));
    const [job] = written(known, transition('EXPIRED', { reasons: manyReasons })).outbox.jobs;
    expect(job?.onNothing).toMatchObject({ statement: { reasons: manyReasons.slice(0, 200) } });
  });

  test('carries nothing against what is not approved, nor what changes the state', () => {
    const declined = stateAfter(transition('FRAUD_SUSPICION_CONFIRMED', { origin: lookup(4) }));
    expect(written(declined, transition('EXPIRED')).outbox.jobs).toMatchObject([
      { onNothing: { kind: 'forget' } },
    ]);
    const word = transition('FRAUD_SUSPICION_CONFIRMED', { origin: statementWithEvidence });
    expect(written(stateAfter(transition('SUCCESS')), word).outbox.jobs).toMatchObject([
      { onNothing: { kind: 'keep' } },
    ]);
  });

  test('is a job for a fetched result that may be older than the state, and tells nothing of the person', () => {
    // Prepare
    const known = stateAfter(transition('START'), transition('SUCCESS'));
    const findings = { ...noFindings, claims: { given_name: 'ANNA' } };
    const fetched = transition('EXPIRED', { origin: lookup(1), fingerprint: 'fetched', findings });
    // Act
    const applied = applyTransition(known, arrivalOf(fetched));
    // Assess
    if (!('write' in applied)) throw new Error('it was not accepted');
    const { events, jobs } = applied.write.outbox;
    const { type, data } = JSON.parse(events[0] ?? '');
    expect(type).toBe('idv.verification.updated.v1');
    expect(data).toMatchObject({ sequence: 3, outcome: 'approved', providerStatus: 'SUCCESS' });
    expect(data.claims).toEqual({});
    // Nobody says it again.
    expect(jobs).toMatchObject([{ sequence: 3, providerStatus: 'EXPIRED', onNothing: { kind: 'keep' } }]);
  });

  test('is nothing but a job to compare, for a repetition that may mean something new', () => {
    // Prepare
    const webhook = transition('WEBHOOK', { origin: comparedHint });
    const known = stateAfter(webhook, transition('SUCCESS', { origin: lookup(1) }));
    // Act
    const applied = applyTransition(known, arrivalOf(webhook, 'this write'));
    // Assess
    expect(applied).toEqual({
      decision: { kind: 'duplicate', reason: 'seen' },
      note: {
        verification: {
          ...known,
          schedule: { ...known?.schedule, comparisonRequestedAt: '2026-11-22T12:00:00Z' },
          version: 3,
        },
        outbox: {
          writeId: 'this write',
          events: [],
          jobs: [
            {
              purpose: 'compare',
              provider: 'idnow',
              verificationId: 'idnow:democompany:txn-1',
              reference: 'TXN-1',
              sequence: 2,
              providerStatus: 'WEBHOOK',
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
    ['nothing while such a job is still to begin', '2026-11-22T11:00:01Z', 0],
    ['another job where that was asked for an hour ago', '2026-11-22T11:00:00Z', 1],
    ['another job where the last one has begun', null, 1],
  ])('is %s', (_what, comparisonRequestedAt, jobs) => {
    const webhook = transition('WEBHOOK', { origin: comparedHint });
    const known = stateAfter(webhook);
    if (known === null) throw new Error('nothing was written');
    const applied = applyTransition(
      { ...known, schedule: { ...known.schedule, comparisonRequestedAt } },
      arrivalOf(webhook),
    );
    expect('note' in applied && (applied.note?.outbox.jobs ?? [])).toHaveLength(jobs);
  });

  test('is nothing for any other repetition', () => {
    const word = transition('WEBHOOK', { origin: hint });
    expect(applyTransition(stateAfter(word), arrivalOf(word))).toMatchObject({ note: null });
  });

  test('is no job where none is wanted', () => {
    expect(written(null, transition('SUCCESS', { origin: statement })).outbox.jobs).toEqual([]);
  });

  test('asks for a fetch with every unconfirmed word that is new, also after a result', () => {
    const word = transition('WEBHOOK', { origin: hint, fingerprint: 'new' });
    const jobs = written(stateAfter(transition('USER_APPROVED')), word).outbox.jobs;
    expect(jobs).toMatchObject([
      { sequence: 2, providerStatus: 'WEBHOOK', onNothing: { kind: 'forget', fingerprint: 'new' } },
    ]);
  });
});
