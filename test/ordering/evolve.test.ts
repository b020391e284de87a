import { describe, expect, test } from 'vitest';
import type { Origin } from '../../shared/contract/transition.ts';
import { decide } from '../../shared/ordering/decide.ts';
import { evolve, evolveAfterJob } from '../../shared/ordering/evolve.ts';
import type { Known } from '../../shared/ordering/known.ts';
import { at, hint, lookup, type StatusName, statement, transition } from '../support/transitions.ts';
import { follow } from './follow.ts';

/** Returns what ordering knows after a first transition with this status and origin. */
function knownAfter(status: StatusName, origin: Origin = statement, minute: number | null = null): Known {
  const occurredAt = minute === null ? null : at(minute);
  const first = transition(status, { origin, occurredAt, fingerprint: 'the first' });
  return evolve(null, first, decide(null, first), 1);
}

/** Returns what ordering knows after one more transition. */
function evolved(
  known: Known,
  status: StatusName,
  origin: Origin,
  changes: { rank?: number; fingerprint?: string } = {},
): Known {
  const next = transition(status, { origin, fingerprint: 'the next', ...changes });
  return evolve(known, next, decide(known, next), 7);
}

describe('evolve for the first transition', () => {
  test.each<[StatusName, Known['progress']]>([
    ['START', 'open'],
    ['CANCELED', 'ended'],
    ['SUCCESS', 'final'],
  ])('the first transition sets the progress of the case: after %s, the case is %s', (status, progress) => {
    expect(knownAfter(status).progress).toBe(progress);
  });

  test('a first statement sets the known state and the last statement', () => {
    expect(knownAfter('SUCCESS', statement, 5)).toEqual({
      progress: 'final',
      result: { outcome: 'approved', flags: [] },
      rank: 60,
      occurredAt: at(5),
      attempt: 1,
      earlierUntil: null,
      seen: ['the first'],
      digest: expect.stringMatching(/^[\w-]{22}$/),
      lastStatement: 1,
      lookup: null,
    });
  });

  test('a first lookup sets the known lookup, and no last statement', () => {
    expect(knownAfter('SUCCESS', lookup(4))).toMatchObject({
      lastStatement: null,
      lookup: { requestedBy: 4, rank: 60 },
    });
  });
});

describe('evolve for a dropped transition', () => {
  test.each<[string, Known, StatusName, Origin]>([
    ['a provisional statement in a final case', knownAfter('SUCCESS'), 'START', statement],
    ['a statement that repeats the state of a statement', knownAfter('SUCCESS'), 'SUCCESS', statement],
    [
      'a lookup that was requested before the known lookup',
      knownAfter('SUCCESS', lookup(4)),
      'EXPIRED',
      lookup(3),
    ],
    [
      'a lookup that repeats the state of the same request',
      knownAfter('SUCCESS', lookup(4)),
      'SUCCESS',
      lookup(4),
    ],
    [
      'a lookup that may only revise, in a case of a higher rank',
      knownAfter('USER_APPROVED', lookup(1)),
      'EXPIRED',
      lookup(2, 'revise'),
    ],
  ])('a dropped transition changes nothing that ordering knows: %s', (_what, known, status, origin) => {
    expect(evolved(known, status, origin)).toBe(known);
  });

  test('a dropped statement that repeats the state of a lookup is remembered as the last statement', () => {
    const known = knownAfter('SUCCESS', lookup(1));
    expect(evolved(known, 'SUCCESS', statement)).toEqual({ ...known, lastStatement: 7 });
  });

  test('a dropped lookup that confirms a statement is remembered as the known lookup', () => {
    const known = knownAfter('SUCCESS', statement);
    expect(evolved(known, 'SUCCESS', lookup(3))).toEqual({ ...known, lookup: { requestedBy: 3, rank: 60 } });
  });

  test('a dropped lookup that leaves a case open is remembered, unless it was requested before the known lookup', () => {
    const known = knownAfter('WEBHOOK', hint);
    const after = evolved(known, 'EXPIRED', lookup(3, 'revise'), { rank: 35 });
    expect(after).toEqual({ ...known, lookup: { requestedBy: 3, rank: 35 } });
    expect(evolved(after, 'EXPIRED', lookup(2, 'revise'), { rank: 35 })).toBe(after);
  });
});

describe('evolve for an accepted transition', () => {
  test('a recheck adds its fingerprint to what ordering knows, and changes nothing else', () => {
    const known = knownAfter('USER_APPROVED', lookup(1));
    expect(evolved(known, 'WEBHOOK', hint)).toEqual({ ...known, seen: ['the first', 'the next'] });
  });

  test('a lookup that left the case open is remembered until a final statement', () => {
    // Prepare
    const leftOpen = evolved(knownAfter('WEBHOOK', hint), 'EXPIRED', lookup(3, 'revise'), { rank: 35 });
    // Act
    const open = evolved(leftOpen, 'CHECK_PENDING', hint, { fingerprint: 'a hint' });
    const final = evolved(open, 'SUCCESS', statement, { fingerprint: 'a result' });
    // Assess
    expect([open.lookup, final.lookup]).toEqual([{ requestedBy: 3, rank: 35 }, null]);
  });

  test('a new attempt remembers the latest transition time of all earlier attempts', () => {
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

describe('evolveAfterJob', () => {
  const known: Known = { ...knownAfter('WEBHOOK', hint), seen: ['a', 'b', 'c'] };

  test('a failed job forgets the fingerprint of its hint, so that the provider may send the hint again', () => {
    expect(evolveAfterJob(known, 'failed', 'b').seen).toEqual(['a', 'c']);
  });

  test('an archived job remembers the fingerprint of its hint as the newest, even if a failed job forgot it', () => {
    expect(evolveAfterJob(known, 'archived', 'b').seen).toEqual(['a', 'c', 'b']);
    expect(evolveAfterJob(known, 'archived', 'd').seen).toEqual(['a', 'b', 'c', 'd']);
  });
});

test('only a final state has a digest, because only final states are compared by their content', () => {
  expect(
    evolve(null, transition('START'), { kind: 'accepted', change: 'state', attempt: 1 }, 1).digest,
  ).toBeNull();
  expect(
    evolve(null, transition('SUCCESS'), { kind: 'accepted', change: 'state', attempt: 1 }, 1).digest,
  ).toEqual(expect.any(String));
});
