import { describe, expect, test } from 'vitest';
import type { Origin } from '../../shared/contract/transition.ts';
import { decide } from '../../shared/ordering/decide.ts';
import { evolve, evolveAfterJob } from '../../shared/ordering/evolve.ts';
import type { Known } from '../../shared/ordering/known.ts';
import { at, hint, lookup, type StatusWord, statement, transition } from '../support/transitions.ts';
import { follow } from './follow.ts';

/** What is known after one status from an origin. */
function knownAfter(word: StatusWord, origin: Origin = statement, minute: number | null = null): Known {
  const occurredAt = minute === null ? null : at(minute);
  const first = transition(word, { origin, occurredAt, fingerprint: 'the first' });
  return evolve(null, first, decide(null, first), 1);
}

function evolved(
  known: Known,
  word: StatusWord,
  origin: Origin,
  changes: { rank?: number; fingerprint?: string } = {},
): Known {
  const next = transition(word, { origin, fingerprint: 'the next', ...changes });
  return evolve(known, next, decide(known, next), 7);
}

describe('what is known after the first transition', () => {
  test.each<[StatusWord, Known['stage']]>([
    ['START', 'open'],
    ['CANCELED', 'ended'],
    ['SUCCESS', 'final'],
  ])('%s is %s', (word, stage) => {
    expect(knownAfter(word).stage).toBe(stage);
  });

  test('has the state of a statement, and its sequence', () => {
    expect(knownAfter('SUCCESS', statement, 5)).toEqual({
      stage: 'final',
      verdict: { outcome: 'approved', flags: [] },
      rank: 60,
      occurredAt: at(5),
      attempt: 1,
      earlierUntil: null,
      seen: ['the first'],
      digest: expect.stringMatching(/^[\w-]{43}$/),
      lastStatement: 1,
      lookup: null,
    });
  });

  test('has the request of a lookup, and no statement', () => {
    expect(knownAfter('SUCCESS', lookup(4))).toMatchObject({
      lastStatement: null,
      lookup: { requestedBy: 4, rank: 60 },
    });
  });
});

describe('what is known after a dropped transition', () => {
  test.each<[string, Known, StatusWord, Origin]>([
    ['a statement after a final state', knownAfter('SUCCESS'), 'START', statement],
    ['a repeated statement of a stated state', knownAfter('SUCCESS'), 'SUCCESS', statement],
    ['a lookup that was overtaken', knownAfter('SUCCESS', lookup(4)), 'EXPIRED', lookup(3)],
    ['the same lookup for an earlier request', knownAfter('SUCCESS', lookup(4)), 'SUCCESS', lookup(4)],
    [
      'a lost verdict of a final state',
      knownAfter('USER_APPROVED', lookup(1)),
      'EXPIRED',
      lookup(2, 'revise'),
    ],
  ])('%s is the very same', (_what, known, word, origin) => {
    expect(evolved(known, word, origin)).toBe(known);
  });

  test('holds the statement that repeats a looked-up state', () => {
    const known = knownAfter('SUCCESS', lookup(1));
    expect(evolved(known, 'SUCCESS', statement)).toEqual({ ...known, lastStatement: 7 });
  });

  test('holds the newer lookup that confirms a state', () => {
    const known = knownAfter('SUCCESS', statement);
    expect(evolved(known, 'SUCCESS', lookup(3))).toEqual({ ...known, lookup: { requestedBy: 3, rank: 60 } });
  });

  test('holds the newer lookup that leaves a case open', () => {
    const known = knownAfter('WEBHOOK', hint);
    const after = evolved(known, 'EXPIRED', lookup(3, 'revise'), { rank: 35 });
    expect(after).toEqual({ ...known, lookup: { requestedBy: 3, rank: 35 } });
    expect(evolved(after, 'EXPIRED', lookup(2, 'revise'), { rank: 35 })).toBe(after);
  });
});

describe('what is known after an accepted transition', () => {
  test('of a recheck is as before, with the fingerprint', () => {
    const known = knownAfter('USER_APPROVED', lookup(1));
    expect(evolved(known, 'WEBHOOK', hint)).toEqual({ ...known, seen: ['the first', 'the next'] });
  });

  test('keeps a lookup that left the case open, until a final state comes', () => {
    // Prepare
    const left = evolved(knownAfter('WEBHOOK', hint), 'EXPIRED', lookup(3, 'revise'), { rank: 35 });
    // Act
    const open = evolved(left, 'CHECK_PENDING', hint, { fingerprint: 'a hint' });
    const final = evolved(open, 'SUCCESS', statement, { fingerprint: 'a result' });
    // Assess
    expect([open.lookup, final.lookup]).toEqual([{ requestedBy: 3, rank: 35 }, null]);
  });

  test('has the latest time of all earlier attempts', () => {
    const attempts = follow([
      transition('CANCELED', { occurredAt: at(5) }),
      transition('START'),
      transition('ABORTED'),
      transition('START', { fingerprint: 'another START' }),
    ]);
    expect(attempts.map(({ after: { known } }) => [known.attempt, known.earlierUntil])).toEqual([
      [1, null],
      [2, at(5)],
      [2, at(5)],
      [3, at(5)],
    ]);
  });
});

describe('what is known after a job', () => {
  const known: Known = { ...knownAfter('WEBHOOK', hint), seen: ['a', 'b', 'c'] };

  test('holds no fingerprint of a failed job, so that its delivery may be sent again', () => {
    expect(evolveAfterJob(known, 'failed', 'b').seen).toEqual(['a', 'c']);
  });

  test('holds the fingerprint of an archived job, also if it had failed before', () => {
    expect(evolveAfterJob(known, 'archived', 'b').seen).toEqual(['a', 'c', 'b']);
    expect(evolveAfterJob(known, 'archived', 'd').seen).toEqual(['a', 'b', 'c', 'd']);
  });
});
