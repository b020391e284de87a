import { expect, test } from 'vitest';
import { computeNextLookup } from '../../shared/scheduling/next-lookup.ts';

const at = (minute: number) => Date.UTC(2026, 10, 22, 10, minute) / 1000;
const nextAfter = (before: number | null, phase: 'in_progress' | 'completed', minute: number) =>
  computeNextLookup(before, phase, new Date(at(minute) * 1000).toISOString());

test('an open case is due for a lookup 15 minutes after its first event', () => {
  expect(nextAfter(null, 'in_progress', 0)).toBe(at(15));
});

test('a later event leaves an earlier lookup where it is, because a change costs writes to the index', () => {
  expect(nextAfter(at(15), 'in_progress', 8)).toBe(at(15));
});

test('an event brings a later lookup forward, because the silence begins again', () => {
  expect(nextAfter(at(240), 'in_progress', 70)).toBe(at(85));
});

test('a completed case has no lookup', () => {
  expect(nextAfter(at(15), 'completed', 8)).toBeNull();
});
