import { describe, expect, test } from 'vitest';
import type { Origin, Transition } from '../../shared/contract/transition.ts';
import { decide } from '../../shared/ordering/decide.ts';
import { computeTransitionDigest } from '../../shared/ordering/digest.ts';
import { evolve } from '../../shared/ordering/evolve.ts';
import type { Known } from '../../shared/ordering/known.ts';
import {
  at,
  hint,
  lookup,
  type StatusName,
  statement,
  statusRows,
  step,
  transition,
} from '../support/transitions.ts';

/** Builds what ordering knows in attempt 3, after a transition with this status at 10:`minute`. Null means no time. */
function known(status: StatusName, minute: number | null): Known {
  const { phase, outcome, finality, rank } = statusRows[status];
  return {
    progress: finality === 'final' ? 'final' : phase === 'completed' ? 'ended' : 'open',
    result: { outcome, flags: [] },
    rank,
    occurredAt: minute === null ? null : at(minute),
    attempt: 3,
    earlierUntil: null,
    seen: ['the first fingerprint', 'the known fingerprint'],
    digest: 'another digest',
    lastStatement: null,
    lookup: null,
  };
}

function incoming(status: StatusName, minute: number | null, changes: Partial<Transition> = {}): Transition {
  return transition(status, { occurredAt: minute === null ? null : at(minute), ...changes });
}

const accepted = (change: 'state' | 'revision' | 'recheck', attempt: number) => ({
  kind: 'accepted',
  change,
  attempt,
});
const stale = (reason: string) => ({ kind: 'stale', reason });
const duplicate = (reason: string) => ({ kind: 'duplicate', reason });

type Row = [
  title: string,
  known: Known,
  incoming: Transition,
  expected: ReturnType<typeof accepted | typeof stale | typeof duplicate>,
];

function testRows(rows: Row[]) {
  test.each(rows)('the decision about a transition: %s', (_title, before, next, expected) => {
    expect(decide(before, next)).toEqual(expected);
  });
}

describe('decide without a known verification', () => {
  test.each<[StatusName, Origin]>([
    ['START', statement],
    ['CHECK_PENDING', statement],
    ['ABORTED', statement],
    ['CANCELED', statement],
    ['SUCCESS', statement],
    ['WEBHOOK', hint],
    ['SUCCESS', lookup(1)],
  ])(
    'the first transition of a verification is accepted as the state of attempt 1: %s from %j',
    (status, origin) => {
      expect(decide(null, incoming(status, null, { origin }))).toEqual(accepted('state', 1));
    },
  );
});

describe('decide in attempt 3, after earlier attempts with times until 10:05', () => {
  const later = (status: StatusName, minute: number | null): Known => ({
    ...known(status, minute),
    earlierUntil: at(5),
  });
  testRows([
    // The status START of the new attempt has no time. So the last known time is still 10:05.
    [
      'a cancellation with the last time of an earlier attempt does not end the new attempt',
      later('START', 5),
      incoming('CANCELED', 5),
      stale('previous-attempt'),
    ],
    [
      'a review with a time of an earlier attempt does not change the new attempt',
      later('START', null),
      incoming('CHECK_PENDING', 3),
      stale('previous-attempt'),
    ],
    [
      'a review with a time of an earlier attempt does not start another attempt',
      later('ABORTED', null),
      incoming('CHECK_PENDING', 3),
      stale('previous-attempt'),
    ],
    [
      'a cancellation from an earlier attempt is stale after a final state',
      later('SUCCESS', 9),
      incoming('CANCELED', 5),
      stale('after-final'),
    ],
    [
      'a review later than all earlier attempts changes the new attempt',
      later('START', 5),
      incoming('CHECK_PENDING', 6),
      accepted('state', 3),
    ],
    [
      'a final statement decides the new attempt even with a time of an earlier attempt',
      later('START', 5),
      incoming('SUCCESS', 4),
      accepted('state', 3),
    ],
  ]);
});

describe('decide for a fingerprint that was accepted in this attempt', () => {
  const fingerprint = 'the first fingerprint';
  testRows([
    [
      'a repeated START is a duplicate in an open case',
      known('CHECK_PENDING', 5),
      incoming('START', null, { fingerprint }),
      duplicate('seen'),
    ],
    [
      'a repeated fingerprint is a duplicate in an open case, even with a later time',
      known('CHECK_PENDING', 5),
      incoming('REVIEW_PENDING', 9, { fingerprint }),
      duplicate('seen'),
    ],
    [
      'a repeated statement is a duplicate in an ended case',
      known('CANCELED', 5),
      incoming('CHECK_PENDING', 9, { fingerprint }),
      duplicate('seen'),
    ],
    [
      'a repeated START is a duplicate in a final case',
      known('SUCCESS', 5),
      incoming('START', null, { fingerprint }),
      duplicate('seen'),
    ],
    [
      'a repeated final statement is a duplicate in an open case',
      known('CHECK_PENDING', 5),
      incoming('SUCCESS', 9, { fingerprint }),
      duplicate('seen'),
    ],
    [
      'a repeated hint is a duplicate',
      known('WEBHOOK', null),
      incoming('WEBHOOK', null, { fingerprint, origin: hint }),
      duplicate('seen'),
    ],
    [
      'a repeated START without a time starts the next attempt after an abort',
      known('ABORTED', null),
      incoming('START', null, { fingerprint }),
      accepted('state', 4),
    ],
    [
      'a repeated START without a time starts the next attempt after a cancellation with a time',
      known('CANCELED', 5),
      incoming('START', null, { fingerprint }),
      accepted('state', 4),
    ],
    [
      'a repeated START with a time is a duplicate in an ended case',
      known('ABORTED', null),
      incoming('START', 9, { fingerprint }),
      duplicate('seen'),
    ],
    [
      'a repeated ABORTED without a time is a duplicate',
      known('ABORTED', null),
      incoming('ABORTED', null, { fingerprint }),
      duplicate('seen'),
    ],
  ]);
});

describe('decide for a final result of rank 35', () => {
  // A result that we conclude from Datakeen's controls has the rank 35.
  const concluded = (changes: Partial<Transition> = {}) =>
    incoming('SUCCESS', null, { rank: 35, ...changes });
  testRows([
    [
      'a final result decides an open case of a lower rank',
      known('WEBHOOK', null),
      concluded(),
      accepted('state', 3),
    ],
    [
      'a final result does not decide an open case of a higher rank',
      known('CHECK_PENDING', null),
      concluded(),
      stale('out-of-order'),
    ],
    [
      'a newer final result does not decide an open case of a higher rank',
      known('CHECK_PENDING', 5),
      concluded({ occurredAt: at(9) }),
      stale('out-of-order'),
    ],
    [
      'a final statement of a higher rank revises a final result',
      { ...known('SUCCESS', null), rank: 35, lookup: { requestedBy: 1, rank: 60 } },
      incoming('FRAUD_SUSPICION_CONFIRMED', null),
      accepted('revision', 3),
    ],
    [
      'a final lookup of a lower rank does not revise a final statement',
      known('FRAUD_SUSPICION_CONFIRMED', null),
      concluded({ origin: lookup(9) }),
      stale('older-final'),
    ],
  ]);
});

describe('decide in a final case that a lookup decided', () => {
  const lookedUp = (status: StatusName, requestedBy: number): Known => ({
    ...known(status, null),
    lookup: { requestedBy, rank: statusRows[status].rank },
  });
  testRows([
    [
      'a lookup of equal rank that was requested later revises the lookup before',
      lookedUp('USER_APPROVED', 2),
      incoming('USER_REJECTED', null, { origin: lookup(3) }),
      accepted('revision', 3),
    ],
    [
      'a lookup of equal rank that was requested earlier is stale',
      lookedUp('USER_APPROVED', 10),
      incoming('USER_REJECTED', null, { origin: lookup(9) }),
      stale('older-final'),
    ],
    [
      'a lookup of equal rank from the same request revises the lookup before',
      lookedUp('USER_APPROVED', 2),
      incoming('USER_REJECTED', null, { origin: lookup(2) }),
      accepted('revision', 3),
    ],
    [
      'a lookup of a higher rank revises the lookup before, even if it was requested earlier',
      lookedUp('SUCCESS', 9),
      incoming('USER_REJECTED', null, { origin: lookup(2) }),
      accepted('revision', 3),
    ],
    [
      'a lookup of a lower rank is stale, even if it was requested later',
      lookedUp('USER_REJECTED', 2),
      incoming('SUCCESS', null, { origin: lookup(9) }),
      stale('older-final'),
    ],
    [
      'a statement of equal rank does not revise a lookup, but requests another lookup',
      lookedUp('SUCCESS', 9),
      incoming('EXPIRED', null),
      accepted('recheck', 3),
    ],
    [
      'a statement of a higher rank revises a lookup',
      lookedUp('SUCCESS', 9),
      incoming('USER_REJECTED', null),
      accepted('revision', 3),
    ],
    [
      'a statement of equal rank with a newer provider time revises a lookup',
      { ...lookedUp('SUCCESS', 9), occurredAt: at(5) },
      incoming('EXPIRED', 6),
      accepted('revision', 3),
    ],
    [
      'a lookup with a newer provider time revises a lookup that was requested later',
      { ...lookedUp('SUCCESS', 9), occurredAt: at(5) },
      incoming('EXPIRED', 6, { origin: lookup(2) }),
      accepted('revision', 3),
    ],
    [
      'a lookup with an older provider time is stale, even if it was requested later',
      { ...lookedUp('SUCCESS', 2), occurredAt: at(5) },
      incoming('EXPIRED', 4, { origin: lookup(9) }),
      stale('older-final'),
    ],
    [
      'a lookup with the same provider time is stale if it was requested earlier',
      { ...lookedUp('SUCCESS', 9), occurredAt: at(5) },
      incoming('EXPIRED', 5, { origin: lookup(2) }),
      stale('older-final'),
    ],
    [
      'a statement with the same provider time does not revise a lookup, but requests another lookup',
      { ...lookedUp('SUCCESS', 9), occurredAt: at(5) },
      incoming('EXPIRED', 5),
      accepted('recheck', 3),
    ],
  ]);
});

describe('decide for a lookup that may only revise', () => {
  const undecided = incoming('EXPIRED', null, { rank: 35, origin: lookup(9, 'revise') });
  const byControls = { rank: 35, lookup: { requestedBy: 2, rank: 35 } };
  testRows([
    [
      'a lookup that may only revise replaces a final state of its rank',
      { ...known('SUCCESS', null), ...byControls },
      undecided,
      accepted('revision', 3),
    ],
    [
      'a lookup that may only revise does not decide an open case',
      known('WEBHOOK', null),
      undecided,
      stale('nothing-to-revise'),
    ],
    [
      'a lookup that may only revise does not decide an open case of its rank',
      { ...known('WEBHOOK', null), rank: 35 },
      undecided,
      stale('nothing-to-revise'),
    ],
    [
      'a lookup that may only revise does not replace a final state of a higher rank',
      { ...known('USER_APPROVED', null), lookup: { requestedBy: 2, rank: 60 } },
      undecided,
      stale('nothing-to-revise'),
    ],
    [
      'a lookup that may only revise is stale if the final state was requested later',
      { ...known('SUCCESS', null), rank: 35, lookup: { requestedBy: 10, rank: 60 } },
      undecided,
      stale('older-final'),
    ],
  ]);
});

describe('decide in a case that a lookup left open', () => {
  const leftOpen = { ...known('WEBHOOK', null), lookup: { requestedBy: 9, rank: 35 } };
  const result = (rank: number, requestedBy?: number) =>
    incoming('SUCCESS', null, { rank, origin: requestedBy === undefined ? statement : lookup(requestedBy) });
  testRows([
    [
      'a lookup is stale if a lookup of equal rank that was requested later left the case open',
      leftOpen,
      result(35, 8),
      stale('out-of-order'),
    ],
    [
      'a lookup decides if it was requested after the lookup that left the case open',
      leftOpen,
      result(35, 10),
      accepted('state', 3),
    ],
    [
      'a lookup of a higher rank decides, even if it was requested before the lookup that left the case open',
      leftOpen,
      result(60, 8),
      accepted('state', 3),
    ],
    ['a statement decides a case that a lookup left open', leftOpen, result(35), accepted('state', 3)],
  ]);
});

describe('decide for a lookup in a case that statement 4 decided', () => {
  const stated = (minute: number | null, changes: Partial<Known> = {}): Known => ({
    ...known('SUCCESS', minute),
    lastStatement: 4,
    ...changes,
  });
  const lookedUp = (requestedBy: number, minute: number | null = null) =>
    incoming('EXPIRED', minute, { origin: lookup(requestedBy) });
  testRows([
    ['a lookup revises the statement that requested it', stated(null), lookedUp(4), accepted('revision', 3)],
    [
      'a lookup that was requested after the statement revises the statement',
      stated(null),
      lookedUp(5),
      accepted('revision', 3),
    ],
    [
      'a lookup that was requested before the statement may be older, and requests another lookup',
      stated(null),
      lookedUp(3),
      accepted('recheck', 3),
    ],
    [
      'a lookup that was requested before the statement requests another lookup, even if an older lookup confirmed the statement',
      stated(null, { lookup: { requestedBy: 2, rank: 60 } }),
      lookedUp(3),
      accepted('recheck', 3),
    ],
    [
      'a lookup is stale if a lookup that was requested later confirmed the statement',
      stated(null, { lookup: { requestedBy: 4, rank: 60 } }),
      lookedUp(3),
      stale('older-final'),
    ],
    [
      'a lookup that was requested before the statement and has the same time requests another lookup',
      stated(5),
      lookedUp(3, 5),
      accepted('recheck', 3),
    ],
    [
      'a lookup with a later provider time revises the statement',
      stated(5),
      lookedUp(3, 6),
      accepted('revision', 3),
    ],
    [
      'a lookup with an earlier provider time than the statement is stale',
      stated(5),
      lookedUp(9, 4),
      stale('older-final'),
    ],
    [
      'a lookup of a higher rank revises the statement',
      stated(null),
      incoming('USER_REJECTED', null, { origin: lookup(3) }),
      accepted('revision', 3),
    ],
  ]);
});

describe('decide for a lookup with the known outcome', () => {
  const lookedUp = (status: StatusName, changes: Partial<Transition> = {}) =>
    incoming(status, null, { origin: lookup(9), ...changes });
  testRows([
    [
      'a lookup with the known outcome confirms a statement',
      { ...known('SUCCESS', null), lastStatement: 4 },
      lookedUp('SUCCESS'),
      duplicate('same-meaning'),
    ],
    [
      'a lookup with the known outcome confirms a statement that is already confirmed',
      { ...known('SUCCESS', null), lastStatement: 4, lookup: { requestedBy: 5, rank: 60 } },
      lookedUp('SUCCESS'),
      duplicate('same-meaning'),
    ],
    [
      'a lookup with the known outcome but other details revises a lookup',
      { ...known('SUCCESS', null), lookup: { requestedBy: 2, rank: 60 } },
      lookedUp('SUCCESS'),
      accepted('revision', 3),
    ],
    [
      'a lookup with the known outcome but other flags is a revision',
      known('SUCCESS', null),
      lookedUp('SUCCESS', { flags: ['data_changed'] }),
      accepted('revision', 3),
    ],
    [
      'a lookup with the known outcome but a higher rank is a revision',
      known('SUCCESS', null),
      lookedUp('USER_APPROVED'),
      accepted('revision', 3),
    ],
    [
      'a newer statement with the known outcome but other details is a revision',
      known('SUCCESS', 5),
      incoming('SUCCESS', 6),
      accepted('revision', 3),
    ],
  ]);
});

describe('decide for a statement in a final case', () => {
  testRows([
    [
      'START is stale after a final statement',
      known('SUCCESS', 5),
      incoming('START', null),
      stale('after-final'),
    ],
    [
      'a newer review is stale after a final statement',
      known('SUCCESS', 5),
      incoming('CHECK_PENDING', 9),
      stale('after-final'),
    ],
    [
      'a newer cancellation is stale after a final statement',
      known('SUCCESS', 5),
      incoming('CANCELED', 9),
      stale('after-final'),
    ],
    [
      'a machine’s newer result is stale after a human’s decision',
      known('USER_REJECTED', 5),
      incoming('SUCCESS', 9),
      stale('older-final'),
    ],
    [
      'a machine’s result without a time is stale after a human’s decision',
      known('USER_REJECTED', null),
      incoming('SUCCESS', null),
      stale('older-final'),
    ],
    [
      'a human’s newer decision revises a machine’s result',
      known('SUCCESS', 5),
      incoming('USER_REJECTED', 9),
      accepted('revision', 3),
    ],
    [
      'a human’s decision revises a machine’s result, even with an older time',
      known('SUCCESS', 5),
      incoming('USER_REJECTED', 1),
      accepted('revision', 3),
    ],
    [
      'an older final statement of equal rank is stale',
      known('SUCCESS', 5),
      incoming('FRAUD_SUSPICION_CONFIRMED', 4),
      stale('older-final'),
    ],
    [
      'a newer final statement of equal rank is a revision',
      known('SUCCESS', 5),
      incoming('FRAUD_SUSPICION_CONFIRMED', 6),
      accepted('revision', 3),
    ],
    [
      'another final statement with the same time is a revision',
      known('SUCCESS', 5),
      incoming('FRAUD_SUSPICION_CONFIRMED', 5),
      accepted('revision', 3),
    ],
    [
      'another final statement without a time is a revision',
      known('SUCCESS', 5),
      incoming('FRAUD_SUSPICION_CONFIRMED', null),
      accepted('revision', 3),
    ],
    [
      'another final statement is a revision if the known state has no time',
      known('SUCCESS', null),
      incoming('FRAUD_SUSPICION_CONFIRMED', 1),
      accepted('revision', 3),
    ],
  ]);

  test.each<[string, Known, Transition, object]>([
    [
      'with a newer time, it is a duplicate',
      known('SUCCESS', 5),
      incoming('SUCCESS', 6),
      duplicate('same-meaning'),
    ],
    [
      'without a time, it is a duplicate',
      known('SUCCESS', 5),
      incoming('SUCCESS', null),
      duplicate('same-meaning'),
    ],
    [
      'with a higher rank, it is a duplicate',
      known('SUCCESS', 5),
      incoming('USER_APPROVED', 6),
      duplicate('same-meaning'),
    ],
    ['with an older time, it is stale', known('SUCCESS', 5), incoming('SUCCESS', 4), stale('older-final')],
    [
      'with a lower rank, it is stale',
      known('USER_APPROVED', 5),
      incoming('SUCCESS', 6),
      stale('older-final'),
    ],
  ])(
    'a final statement that repeats the known final state is dropped: %s',
    (_title, before, next, expected) => {
      expect(decide({ ...before, digest: computeTransitionDigest(next) }, next)).toEqual(expected);
    },
  );
});

describe('decide for a statement in an ended case', () => {
  testRows([
    [
      'a final statement decides an ended case',
      known('CANCELED', 5),
      incoming('SUCCESS', 9),
      accepted('state', 3),
    ],
    [
      'a final statement decides an ended case, even with an older time',
      known('CANCELED', 5),
      incoming('SUCCESS', 1),
      accepted('state', 3),
    ],
    [
      'a final statement without a time decides an ended case',
      known('ABORTED', null),
      incoming('SUCCESS', null),
      accepted('state', 3),
    ],
    [
      'an older statement belongs to the ended attempt',
      known('CANCELED', 5),
      incoming('CHECK_PENDING', 4),
      stale('previous-attempt'),
    ],
    [
      'a statement with the same time belongs to the ended attempt',
      known('CANCELED', 5),
      incoming('CHECK_PENDING', 5),
      stale('previous-attempt'),
    ],
    [
      'a newer statement starts the next attempt',
      known('CANCELED', 5),
      incoming('CHECK_PENDING', 6),
      accepted('state', 4),
    ],
    [
      'a newer cancellation belongs to the next attempt',
      known('CANCELED', 5),
      incoming('CANCELED', 6),
      accepted('state', 4),
    ],
    [
      'START starts the next attempt in an ended case',
      known('CANCELED', 5),
      incoming('START', null),
      accepted('state', 4),
    ],
    [
      'a statement with a time starts the next attempt after an abort without a time',
      known('ABORTED', null),
      incoming('CHECK_PENDING', 1),
      accepted('state', 4),
    ],
  ]);
});

describe('decide for a statement in an open case', () => {
  testRows([
    [
      'a final statement decides an open case',
      known('CHECK_PENDING', 5),
      incoming('SUCCESS', 9),
      accepted('state', 3),
    ],
    [
      'a final statement decides an open case, even with an older time',
      known('CHECK_PENDING', 5),
      incoming('SUCCESS', 1),
      accepted('state', 3),
    ],
    [
      'a newer statement of a higher rank changes an open case',
      known('CHECK_PENDING', 5),
      incoming('CANCELED', 6),
      accepted('state', 3),
    ],
    [
      'a newer statement of equal rank changes an open case',
      known('CHECK_PENDING', 5),
      incoming('REVIEW_PENDING', 6),
      accepted('state', 3),
    ],
    [
      'a statement with the same time and rank changes an open case',
      known('CHECK_PENDING', 5),
      incoming('REVIEW_PENDING', 5),
      accepted('state', 3),
    ],
    [
      'a statement with the same time and a higher rank changes an open case',
      known('CHECK_PENDING', 5),
      incoming('CANCELED', 5),
      accepted('state', 3),
    ],
    [
      'a statement with the same time and a lower rank is stale',
      known('CHECK_PENDING', 5),
      incoming('START', 5),
      stale('out-of-order'),
    ],
    [
      'an older statement of equal rank is stale',
      known('REVIEW_PENDING', 5),
      incoming('CHECK_PENDING', 4),
      stale('out-of-order'),
    ],
    [
      'an older statement of a higher rank is stale',
      known('CHECK_PENDING', 5),
      incoming('CANCELED', 4),
      stale('out-of-order'),
    ],
    [
      'an older statement of a lower rank is stale',
      known('CHECK_PENDING', 5),
      incoming('START', 4),
      stale('out-of-order'),
    ],
    [
      'a newer statement of a lower rank starts the next attempt',
      known('CHECK_PENDING', 5),
      incoming('START', 6),
      accepted('state', 4),
    ],
    [
      'START without a time is stale after a review',
      known('CHECK_PENDING', 5),
      incoming('START', null),
      stale('out-of-order'),
    ],
    [
      'an abort without a time is stale after a completed capture',
      known('CHECK_PENDING', 5),
      incoming('ABORTED', null),
      stale('out-of-order'),
    ],
    [
      'an abort is stale after a completed capture without a time',
      known('CHECK_PENDING', null),
      incoming('ABORTED', 6),
      stale('out-of-order'),
    ],
    [
      'an abort without a time is accepted after a START',
      known('START', null),
      incoming('ABORTED', null),
      accepted('state', 3),
    ],
    [
      'a statement of equal rank without a time changes an open case',
      known('CHECK_PENDING', 5),
      incoming('REVIEW_PENDING', null),
      accepted('state', 3),
    ],
    [
      'a statement of equal rank changes an open case if the known state has no time',
      known('CHECK_PENDING', null),
      incoming('REVIEW_PENDING', 1),
      accepted('state', 3),
    ],
    [
      'START is accepted after CREATED',
      known('CREATED', null),
      incoming('START', null),
      accepted('state', 3),
    ],
    [
      'a step statement is accepted after START',
      known('START', null),
      incoming('START', null, { origin: step }),
      accepted('state', 3),
    ],
  ]);

  test('times are compared as instants, not as text', () => {
    const before = { ...known('CHECK_PENDING', null), occurredAt: '2026-11-22T10:05:00Z' };
    const decisionAt = (occurredAt: string) =>
      decide(before, transition('REVIEW_PENDING', { occurredAt })).kind;
    // If times were compared as text, `.500Z` would sort before `Z`, and the later time would count as earlier.
    expect(decisionAt('2026-11-22T10:05:00.500Z')).toBe('accepted');
    expect(decisionAt('2026-11-22T10:04:59.500Z')).toBe('stale');
  });
});

describe('decide for a hint', () => {
  const origin = hint;
  testRows([
    [
      'a hint of a higher rank changes an open case',
      known('START', null),
      incoming('WEBHOOK', null, { origin }),
      accepted('state', 3),
    ],
    [
      'a newer hint of equal rank changes an open case',
      known('WEBHOOK', 5),
      incoming('WEBHOOK', 6, { origin }),
      accepted('state', 3),
    ],
    [
      'a hint of equal rank changes an open case without a time',
      known('WEBHOOK', null),
      incoming('WEBHOOK', 6, { origin }),
      accepted('state', 3),
    ],
    [
      'an older hint keeps the state and requests a lookup',
      known('WEBHOOK', 5),
      incoming('WEBHOOK', 4, { origin }),
      accepted('recheck', 3),
    ],
    [
      'a hint of a lower rank keeps the state and requests a lookup',
      known('CHECK_PENDING', 5),
      incoming('WEBHOOK', 6, { origin }),
      accepted('recheck', 3),
    ],
    [
      'a hint keeps the state of an ended case and requests a lookup',
      known('CANCELED', 5),
      incoming('CHECK_PENDING', 6, { origin }),
      accepted('recheck', 3),
    ],
    [
      'a hint of a higher rank keeps the state of an ended case and requests a lookup',
      known('ABORTED', null),
      incoming('CHECK_PENDING', null, { origin }),
      accepted('recheck', 3),
    ],
    [
      'a hint keeps the state of a final case and requests a lookup',
      known('USER_APPROVED', 5),
      incoming('WEBHOOK', 6, { origin }),
      accepted('recheck', 3),
    ],
  ]);
});

describe('the known time after a statement', () => {
  test.each<[string, Known | null, Transition, string | null]>([
    ['the first statement sets the known time', null, incoming('CHECK_PENDING', 5), at(5)],
    ['a first statement without a time leaves the known time empty', null, incoming('START', null), null],
    [
      'a newer statement sets the known time',
      known('CHECK_PENDING', 5),
      incoming('REVIEW_PENDING', 6),
      at(6),
    ],
    ['a START without a time keeps the known time', known('CANCELED', 5), incoming('START', null), at(5)],
    ['an ABORTED without a time keeps the known time', known('START', 5), incoming('ABORTED', null), at(5)],
    [
      'a final statement sets the known time, even to an older time',
      known('CHECK_PENDING', 5),
      incoming('SUCCESS', 1),
      at(1),
    ],
    [
      'a final statement without a time clears the known time',
      known('CHECK_PENDING', 5),
      incoming('SUCCESS', null),
      null,
    ],
  ])('the known time after a transition: %s', (_title, before, next, expected) => {
    const after = evolve(before, next, decide(before, next), 1);
    expect(after.occurredAt).toBe(expected);
  });
});
