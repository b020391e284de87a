import { describe, expect, test } from 'vitest';
import type { Origin, Transition } from '../../shared/contract/transition.ts';
import { decide } from '../../shared/ordering/decide.ts';
import { digestOf } from '../../shared/ordering/digest.ts';
import { evolve } from '../../shared/ordering/evolve.ts';
import type { Known } from '../../shared/ordering/known.ts';
import {
  at,
  hint,
  lookup,
  type StatusWord,
  statement,
  statusRows,
  step,
  transition,
} from '../support/transitions.ts';

/** What is known after a status at a minute (null: without time), in attempt 3, by a body named `known`. */
function known(word: StatusWord, minute: number | null): Known {
  const { phase, outcome, finality, rank } = statusRows[word];
  return {
    stage: finality === 'final' ? 'final' : phase === 'completed' ? 'ended' : 'open',
    verdict: { outcome, flags: [] },
    rank,
    occurredAt: minute === null ? null : at(minute),
    attempt: 3,
    earlierUntil: null,
    seen: ['the first body', 'the known body'],
    digest: 'another digest',
    lastStatement: null,
    lookup: null,
  };
}

function incoming(word: StatusWord, minute: number | null, changes: Partial<Transition> = {}): Transition {
  return transition(word, { occurredAt: minute === null ? null : at(minute), ...changes });
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

function assess(rows: Row[]) {
  test.each(rows)('%s', (_title, before, arriving, expected) => {
    expect(decide(before, arriving)).toEqual(expected);
  });
}

describe('of what nothing is known', () => {
  test.each<[StatusWord, Origin]>([
    ['START', statement],
    ['CHECK_PENDING', statement],
    ['ABORTED', statement],
    ['CANCELED', statement],
    ['SUCCESS', statement],
    ['WEBHOOK', hint],
    ['SUCCESS', lookup(1)],
  ])('%s (%j) opens the first attempt', (word, origin) => {
    expect(decide(null, incoming(word, null, { origin }))).toEqual(accepted('state', 1));
  });
});

describe('after an attempt whose last time was 10:05', () => {
  const next = (word: StatusWord, minute: number | null): Known => ({
    ...known(word, minute),
    earlierUntil: at(5),
  });
  assess([
    // As late as the time that the new attempt's START, which has none, has kept.
    [
      'a cancellation of that time does not end the next attempt',
      next('START', 5),
      incoming('CANCELED', 5),
      stale('previous-attempt'),
    ],
    [
      'an older review does not move the next attempt',
      next('START', null),
      incoming('CHECK_PENDING', 3),
      stale('previous-attempt'),
    ],
    [
      'an older review does not start another attempt',
      next('ABORTED', null),
      incoming('CHECK_PENDING', 3),
      stale('previous-attempt'),
    ],
    [
      'an older cancellation is late for a final state',
      next('SUCCESS', 9),
      incoming('CANCELED', 5),
      stale('after-final'),
    ],
    [
      'a later review moves the next attempt',
      next('START', 5),
      incoming('CHECK_PENDING', 6),
      accepted('state', 3),
    ],
    [
      'an older final result decides all the same',
      next('START', 5),
      incoming('SUCCESS', 4),
      accepted('state', 3),
    ],
  ]);
});

describe('a body that was seen in this attempt', () => {
  const fingerprint = 'the first body';
  assess([
    [
      'is a duplicate while open',
      known('CHECK_PENDING', 5),
      incoming('START', null, { fingerprint }),
      duplicate('seen'),
    ],
    [
      'is a duplicate while open, even with a later time',
      known('CHECK_PENDING', 5),
      incoming('REVIEW_PENDING', 9, { fingerprint }),
      duplicate('seen'),
    ],
    [
      'is a duplicate after the end',
      known('CANCELED', 5),
      incoming('CHECK_PENDING', 9, { fingerprint }),
      duplicate('seen'),
    ],
    [
      'is a duplicate after the final result',
      known('SUCCESS', 5),
      incoming('START', null, { fingerprint }),
      duplicate('seen'),
    ],
    [
      'is a duplicate as a final result',
      known('CHECK_PENDING', 5),
      incoming('SUCCESS', 9, { fingerprint }),
      duplicate('seen'),
    ],
    [
      'is a duplicate though unconfirmed',
      known('WEBHOOK', null),
      incoming('WEBHOOK', null, { fingerprint, origin: hint }),
      duplicate('seen'),
    ],
    [
      'opens the next attempt as a START without time after an abort',
      known('ABORTED', null),
      incoming('START', null, { fingerprint }),
      accepted('state', 4),
    ],
    [
      'opens the next attempt as a START without time after a cancellation that had one',
      known('CANCELED', 5),
      incoming('START', null, { fingerprint }),
      accepted('state', 4),
    ],
    [
      'is a duplicate as a START that carries a time',
      known('ABORTED', null),
      incoming('START', 9, { fingerprint }),
      duplicate('seen'),
    ],
    [
      'is a duplicate as an ABORTED without time',
      known('ABORTED', null),
      incoming('ABORTED', null, { fingerprint }),
      duplicate('seen'),
    ],
  ]);
});

describe('a final result of a lower rank', () => {
  // As what we conclude from Datakeen's controls is.
  const concluded = (changes: Partial<Transition> = {}) =>
    incoming('SUCCESS', null, { rank: 35, ...changes });
  assess([
    ['decides what is open', known('WEBHOOK', null), concluded(), accepted('state', 3)],
    [
      'decides nothing where somebody else is to',
      known('CHECK_PENDING', null),
      concluded(),
      stale('out-of-order'),
    ],
    [
      'decides nothing where it is newer either',
      known('CHECK_PENDING', 5),
      concluded({ occurredAt: at(9) }),
      stale('out-of-order'),
    ],
    [
      'is undone by a word',
      { ...known('SUCCESS', null), rank: 35, lookup: { requestedBy: 1, rank: 60 } },
      incoming('FRAUD_SUSPICION_CONFIRMED', null),
      accepted('revision', 3),
    ],
    [
      'undoes none',
      known('FRAUD_SUSPICION_CONFIRMED', null),
      concluded({ origin: lookup(9) }),
      stale('older-final'),
    ],
  ]);
});

describe('a fetched result after another', () => {
  const fetched = (status: StatusWord, requestedBy: number): Known => ({
    ...known(status, null),
    lookup: { requestedBy, rank: statusRows[status].rank },
  });
  assess([
    [
      'of equal rank revises it where it was asked for later',
      fetched('USER_APPROVED', 2),
      incoming('USER_REJECTED', null, { origin: lookup(3) }),
      accepted('revision', 3),
    ],
    [
      'of equal rank is stale where it was asked for earlier',
      fetched('USER_APPROVED', 10),
      incoming('USER_REJECTED', null, { origin: lookup(9) }),
      stale('older-final'),
    ],
    [
      'of equal rank revises it where both were asked for at once',
      fetched('USER_APPROVED', 2),
      incoming('USER_REJECTED', null, { origin: lookup(2) }),
      accepted('revision', 3),
    ],
    [
      'of higher rank revises it, whenever it was asked for',
      fetched('SUCCESS', 9),
      incoming('USER_REJECTED', null, { origin: lookup(2) }),
      accepted('revision', 3),
    ],
    [
      'of lower rank is stale, whenever it was asked for',
      fetched('USER_REJECTED', 2),
      incoming('SUCCESS', null, { origin: lookup(9) }),
      stale('older-final'),
    ],
    [
      'is not undone by one that is delivered: it is looked up again',
      fetched('SUCCESS', 9),
      incoming('EXPIRED', null),
      accepted('recheck', 3),
    ],
    [
      'is revised by one of higher rank that is delivered',
      fetched('SUCCESS', 9),
      incoming('USER_REJECTED', null),
      accepted('revision', 3),
    ],
    [
      'is revised by one that is delivered and newer by the provider’s time',
      { ...fetched('SUCCESS', 9), occurredAt: at(5) },
      incoming('EXPIRED', 6),
      accepted('revision', 3),
    ],
    [
      'is of the provider’s time before it is of when it was asked for',
      { ...fetched('SUCCESS', 9), occurredAt: at(5) },
      incoming('EXPIRED', 6, { origin: lookup(2) }),
      accepted('revision', 3),
    ],
    [
      'is stale by the provider’s time, though it was asked for later',
      { ...fetched('SUCCESS', 2), occurredAt: at(5) },
      incoming('EXPIRED', 4, { origin: lookup(9) }),
      stale('older-final'),
    ],
    [
      'of one time is stale where it was asked for earlier',
      { ...fetched('SUCCESS', 9), occurredAt: at(5) },
      incoming('EXPIRED', 5, { origin: lookup(2) }),
      stale('older-final'),
    ],
    [
      'is not undone by one of its own time that is delivered',
      { ...fetched('SUCCESS', 9), occurredAt: at(5) },
      incoming('EXPIRED', 5),
      accepted('recheck', 3),
    ],
  ]);
});

describe('a fetched result that decides nothing any more', () => {
  const undecided = incoming('EXPIRED', null, { rank: 35, origin: lookup(9, 'revise') });
  const byControls = { rank: 35, lookup: { requestedBy: 2, rank: 35 } };
  assess([
    [
      'revises what decided before',
      { ...known('SUCCESS', null), ...byControls },
      undecided,
      accepted('revision', 3),
    ],
    ['decides nothing that is open', known('WEBHOOK', null), undecided, stale('nothing-to-revise')],
    [
      'decides nothing that is open, and of its rank',
      { ...known('WEBHOOK', null), rank: 35 },
      undecided,
      stale('nothing-to-revise'),
    ],
    [
      'undoes no word',
      { ...known('USER_APPROVED', null), lookup: { requestedBy: 2, rank: 60 } },
      undecided,
      stale('nothing-to-revise'),
    ],
    [
      'is stale where it was asked for earlier',
      { ...known('SUCCESS', null), rank: 35, lookup: { requestedBy: 10, rank: 60 } },
      undecided,
      stale('older-final'),
    ],
  ]);
});

describe('a result after a fetched one that has left the case open', () => {
  const left = { ...known('WEBHOOK', null), lookup: { requestedBy: 9, rank: 35 } };
  const result = (rank: number, requestedBy?: number) =>
    incoming('SUCCESS', null, { rank, origin: requestedBy === undefined ? statement : lookup(requestedBy) });
  assess([
    ['is stale where it was asked for before', left, result(35, 8), stale('out-of-order')],
    ['decides where it was asked for later', left, result(35, 10), accepted('state', 3)],
    [
      'decides where it is of higher rank, asked for before or not',
      left,
      result(60, 8),
      accepted('state', 3),
    ],
    ['decides where it was delivered', left, result(35), accepted('state', 3)],
  ]);
});

describe('a fetched result after one that was delivered', () => {
  const delivered = (minute: number | null, changes: Partial<Known> = {}): Known => ({
    ...known('SUCCESS', minute),
    lastStatement: 4,
    ...changes,
  });
  const fetched = (requestedBy: number, minute: number | null = null) =>
    incoming('EXPIRED', minute, { origin: lookup(requestedBy) });
  assess([
    ['revises it where that very word asked for it', delivered(null), fetched(4), accepted('revision', 3)],
    ['revises it where it was asked for later', delivered(null), fetched(5), accepted('revision', 3)],
    [
      'may be older where it was asked for before: it is looked up again',
      delivered(null),
      fetched(3),
      accepted('recheck', 3),
    ],
    [
      'likewise where a result that was asked for before has confirmed it',
      delivered(null, { lookup: { requestedBy: 2, rank: 60 } }),
      fetched(3),
      accepted('recheck', 3),
    ],
    [
      'is stale where one that was asked for later has confirmed it',
      delivered(null, { lookup: { requestedBy: 4, rank: 60 } }),
      fetched(3),
      stale('older-final'),
    ],
    ['likewise where both are of one time', delivered(5), fetched(3, 5), accepted('recheck', 3)],
    ['revises it where the provider’s time is later', delivered(5), fetched(3, 6), accepted('revision', 3)],
    ['is stale where the provider’s time is earlier', delivered(5), fetched(9, 4), stale('older-final')],
    [
      'revises it where it is of higher rank',
      delivered(null),
      incoming('USER_REJECTED', null, { origin: lookup(3) }),
      accepted('revision', 3),
    ],
  ]);
});

describe('a fetched result with the outcome that is in force, whatever else it tells,', () => {
  const fetched = (word: StatusWord, changes: Partial<Transition> = {}) =>
    incoming(word, null, { origin: lookup(9), ...changes });
  assess([
    [
      'confirms one that was delivered',
      { ...known('SUCCESS', null), lastStatement: 4 },
      fetched('SUCCESS'),
      duplicate('same-meaning'),
    ],
    [
      'confirms one that was delivered, and confirmed before',
      { ...known('SUCCESS', null), lastStatement: 4, lookup: { requestedBy: 5, rank: 60 } },
      fetched('SUCCESS'),
      duplicate('same-meaning'),
    ],
    [
      'revises one that was fetched, which told more than the decision',
      { ...known('SUCCESS', null), lookup: { requestedBy: 2, rank: 60 } },
      fetched('SUCCESS'),
      accepted('revision', 3),
    ],
    [
      'revises one with other flags',
      known('SUCCESS', null),
      fetched('SUCCESS', { flags: ['data_changed'] }),
      accepted('revision', 3),
    ],
    ['revises one of lower rank', known('SUCCESS', null), fetched('USER_APPROVED'), accepted('revision', 3)],
    [
      'is no confirmation where it is delivered',
      known('SUCCESS', 5),
      incoming('SUCCESS', 6),
      accepted('revision', 3),
    ],
  ]);
});

describe('after a final result', () => {
  assess([
    ['START is stale', known('SUCCESS', 5), incoming('START', null), stale('after-final')],
    ['a newer review is stale', known('SUCCESS', 5), incoming('CHECK_PENDING', 9), stale('after-final')],
    ['a newer cancellation is stale', known('SUCCESS', 5), incoming('CANCELED', 9), stale('after-final')],
    [
      'a machine is older than a human',
      known('USER_REJECTED', 5),
      incoming('SUCCESS', 9),
      stale('older-final'),
    ],
    [
      'a machine is older than a human, without times',
      known('USER_REJECTED', null),
      incoming('SUCCESS', null),
      stale('older-final'),
    ],
    ['a human revises a machine', known('SUCCESS', 5), incoming('USER_REJECTED', 9), accepted('revision', 3)],
    [
      'a human revises a machine whatever the time says',
      known('SUCCESS', 5),
      incoming('USER_REJECTED', 1),
      accepted('revision', 3),
    ],
    [
      'an older result of equal rank is stale',
      known('SUCCESS', 5),
      incoming('FRAUD_SUSPICION_CONFIRMED', 4),
      stale('older-final'),
    ],
    [
      'a newer result of equal rank is a revision',
      known('SUCCESS', 5),
      incoming('FRAUD_SUSPICION_CONFIRMED', 6),
      accepted('revision', 3),
    ],
    [
      'another result of the same time is a revision',
      known('SUCCESS', 5),
      incoming('FRAUD_SUSPICION_CONFIRMED', 5),
      accepted('revision', 3),
    ],
    [
      'another result without time is a revision',
      known('SUCCESS', 5),
      incoming('FRAUD_SUSPICION_CONFIRMED', null),
      accepted('revision', 3),
    ],
    [
      'another result is a revision where the known one has no time',
      known('SUCCESS', null),
      incoming('FRAUD_SUSPICION_CONFIRMED', 1),
      accepted('revision', 3),
    ],
  ]);

  test.each<[string, Known, Transition, object]>([
    ['newer, of equal rank', known('SUCCESS', 5), incoming('SUCCESS', 6), duplicate('same-meaning')],
    ['without time', known('SUCCESS', 5), incoming('SUCCESS', null), duplicate('same-meaning')],
    ['of higher rank', known('SUCCESS', 5), incoming('USER_APPROVED', 6), duplicate('same-meaning')],
    ['older', known('SUCCESS', 5), incoming('SUCCESS', 4), stale('older-final')],
    ['of lower rank', known('USER_APPROVED', 5), incoming('SUCCESS', 6), stale('older-final')],
  ])('another body with the same meaning, %s', (_title, before, arriving, expected) => {
    expect(decide({ ...before, digest: digestOf(arriving) }, arriving)).toEqual(expected);
  });
});

describe('after the end of an attempt', () => {
  assess([
    ['a result counts', known('CANCELED', 5), incoming('SUCCESS', 9), accepted('state', 3)],
    [
      'a result counts though it is older',
      known('CANCELED', 5),
      incoming('SUCCESS', 1),
      accepted('state', 3),
    ],
    ['a result counts without time', known('ABORTED', null), incoming('SUCCESS', null), accepted('state', 3)],
    [
      'an older word belongs to what has ended',
      known('CANCELED', 5),
      incoming('CHECK_PENDING', 4),
      stale('previous-attempt'),
    ],
    [
      'a word of the same time belongs to what has ended',
      known('CANCELED', 5),
      incoming('CHECK_PENDING', 5),
      stale('previous-attempt'),
    ],
    [
      'a newer word opens the next attempt',
      known('CANCELED', 5),
      incoming('CHECK_PENDING', 6),
      accepted('state', 4),
    ],
    ['a newer end is another attempt', known('CANCELED', 5), incoming('CANCELED', 6), accepted('state', 4)],
    ['START opens the next attempt', known('CANCELED', 5), incoming('START', null), accepted('state', 4)],
    [
      'a word with a time opens the next attempt after an end without',
      known('ABORTED', null),
      incoming('CHECK_PENDING', 1),
      accepted('state', 4),
    ],
  ]);
});

describe('while a verification is open', () => {
  assess([
    ['a result counts', known('CHECK_PENDING', 5), incoming('SUCCESS', 9), accepted('state', 3)],
    [
      'a result counts though it is older',
      known('CHECK_PENDING', 5),
      incoming('SUCCESS', 1),
      accepted('state', 3),
    ],
    [
      'a newer word of higher rank counts',
      known('CHECK_PENDING', 5),
      incoming('CANCELED', 6),
      accepted('state', 3),
    ],
    [
      'a newer word of equal rank counts',
      known('CHECK_PENDING', 5),
      incoming('REVIEW_PENDING', 6),
      accepted('state', 3),
    ],
    [
      'a word of the same time and rank counts',
      known('CHECK_PENDING', 5),
      incoming('REVIEW_PENDING', 5),
      accepted('state', 3),
    ],
    [
      'a word of the same time and higher rank counts',
      known('CHECK_PENDING', 5),
      incoming('CANCELED', 5),
      accepted('state', 3),
    ],
    [
      'a word of the same time and lower rank is late',
      known('CHECK_PENDING', 5),
      incoming('START', 5),
      stale('out-of-order'),
    ],
    [
      'an older word of equal rank is late',
      known('REVIEW_PENDING', 5),
      incoming('CHECK_PENDING', 4),
      stale('out-of-order'),
    ],
    [
      'an older word of higher rank is late',
      known('CHECK_PENDING', 5),
      incoming('CANCELED', 4),
      stale('out-of-order'),
    ],
    [
      'an older word of lower rank is late',
      known('CHECK_PENDING', 5),
      incoming('START', 4),
      stale('out-of-order'),
    ],
    [
      'a newer word of lower rank is the next attempt',
      known('CHECK_PENDING', 5),
      incoming('START', 6),
      accepted('state', 4),
    ],
    ['START without time is late', known('CHECK_PENDING', 5), incoming('START', null), stale('out-of-order')],
    [
      'an abort without time cannot follow a completed capture',
      known('CHECK_PENDING', 5),
      incoming('ABORTED', null),
      stale('out-of-order'),
    ],
    [
      'an abort cannot follow a capture without time',
      known('CHECK_PENDING', null),
      incoming('ABORTED', 6),
      stale('out-of-order'),
    ],
    [
      'an abort without time follows a START',
      known('START', null),
      incoming('ABORTED', null),
      accepted('state', 3),
    ],
    [
      'a word without time and of equal rank counts',
      known('CHECK_PENDING', 5),
      incoming('REVIEW_PENDING', null),
      accepted('state', 3),
    ],
    [
      'a word of equal rank counts where the known one has no time',
      known('CHECK_PENDING', null),
      incoming('REVIEW_PENDING', 1),
      accepted('state', 3),
    ],
    ['START follows CREATED', known('CREATED', null), incoming('START', null), accepted('state', 3)],
    [
      'a step counts whatever its order',
      known('START', null),
      incoming('START', null, { origin: step }),
      accepted('state', 3),
    ],
  ]);

  test('times compare as instants, not as text', () => {
    const before = { ...known('CHECK_PENDING', null), occurredAt: '2026-11-22T10:05:00Z' };
    const decisionAt = (occurredAt: string) =>
      decide(before, transition('REVIEW_PENDING', { occurredAt })).kind;
    // `.` sorts before `Z`: as text, half a second later would be earlier.
    expect(decisionAt('2026-11-22T10:05:00.500Z')).toBe('accepted');
    expect(decisionAt('2026-11-22T10:04:59.500Z')).toBe('stale');
  });
});

describe('an unconfirmed word', () => {
  const origin = hint;
  assess([
    ['moves what is open', known('START', null), incoming('WEBHOOK', null, { origin }), accepted('state', 3)],
    [
      'moves what has equal rank',
      known('WEBHOOK', 5),
      incoming('WEBHOOK', 6, { origin }),
      accepted('state', 3),
    ],
    [
      'moves what has equal rank and no time',
      known('WEBHOOK', null),
      incoming('WEBHOOK', 6, { origin }),
      accepted('state', 3),
    ],
    [
      'only asks again where it is older',
      known('WEBHOOK', 5),
      incoming('WEBHOOK', 4, { origin }),
      accepted('recheck', 3),
    ],
    [
      'only asks again where it is of lower rank',
      known('CHECK_PENDING', 5),
      incoming('WEBHOOK', 6, { origin }),
      accepted('recheck', 3),
    ],
    [
      'only asks again after an end',
      known('CANCELED', 5),
      incoming('CHECK_PENDING', 6, { origin }),
      accepted('recheck', 3),
    ],
    [
      'only asks again after an end of lower rank',
      known('ABORTED', null),
      incoming('CHECK_PENDING', null, { origin }),
      accepted('recheck', 3),
    ],
    [
      'only asks again after a final result',
      known('USER_APPROVED', 5),
      incoming('WEBHOOK', 6, { origin }),
      accepted('recheck', 3),
    ],
  ]);
});

describe('the time that the next delivery is compared with', () => {
  test.each<[string, Known | null, Transition, string | null]>([
    ['is the first word’s own', null, incoming('CHECK_PENDING', 5), at(5)],
    ['is none after a first word without', null, incoming('START', null), null],
    ['moves with each word', known('CHECK_PENDING', 5), incoming('REVIEW_PENDING', 6), at(6)],
    ['stays over a START without', known('CANCELED', 5), incoming('START', null), at(5)],
    ['stays over an ABORTED without', known('START', 5), incoming('ABORTED', null), at(5)],
    ['is a result’s own', known('CHECK_PENDING', 5), incoming('SUCCESS', 1), at(1)],
    ['is none after a result without', known('CHECK_PENDING', 5), incoming('SUCCESS', null), null],
  ])('%s', (_title, before, arriving, expected) => {
    const after = evolve(before, arriving, decide(before, arriving), 1);
    expect(after.occurredAt).toBe(expected);
  });
});
