import { expect, test } from 'vitest';
import { findLockProblem } from '../../shared/operations/evidence/object-lock.ts';
import { findVersionProblems } from '../../shared/operations/evidence/stored-versions.ts';

const storedAt = new Date('2026-11-01T00:00:00Z');
const until = (days: number) => new Date(storedAt.getTime() + days * 24 * 3600_000);
const governance = { mode: 'governance', days: 100 } as const;
const compliance = { mode: 'compliance', days: 100 } as const;

test.each([
  ['as the stage sets it', { mode: 'GOVERNANCE', until: until(100), storedAt }, governance],
  [
    'stricter and longer than the stage sets it',
    { mode: 'COMPLIANCE', until: until(101), storedAt },
    governance,
  ],
  ['absent, and the stage locks nothing', { mode: null, until: null, storedAt }, null],
])('a lock is no problem if it is %s', (_title, stored, expected) => {
  expect(findLockProblem(stored, expected)).toBeNull();
});

test.each([
  ['is absent', { mode: null, until: null, storedAt }, governance, 'is not locked'],
  ['is weaker', { mode: 'GOVERNANCE', until: until(100), storedAt }, compliance, 'in the mode GOVERNANCE'],
  ['ends early', { mode: 'COMPLIANCE', until: until(99), storedAt }, compliance, 'only until 2027-02-08'],
])('a lock is a problem if it %s', (_title, stored, expected, problem) => {
  expect(findLockProblem(stored, expected)).toContain(problem);
});

test('versions, delete markers and unknown objects in the folder of an archive are problems', () => {
  const stored = new Map([
    ['a', { versions: 1, deleteMarkers: 0 }],
    ['b', { versions: 2, deleteMarkers: 0 }],
    ['c', { versions: 1, deleteMarkers: 1 }],
    ['d', { versions: 1, deleteMarkers: 0 }],
  ]);
  expect(findVersionProblems(stored, new Set(['a', 'b', 'c']))).toEqual([
    'b: has 2 versions, but an object is written once',
    'c: a delete marker hides it',
    'd: is in the folder, but the manifest does not name it',
  ]);
});
