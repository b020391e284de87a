import { describe, expect, test } from 'vitest';
import { hours, type LookupTimes, minutes } from '../../shared/contract/lookup-times.ts';
import { fitLookupTimes, planLookup } from '../../shared/lookups/plan-lookup.ts';
import { datakeenLookupTimes } from '../../shared/providers/datakeen/lookup-times.ts';
import { id360LookupTimes } from '../../shared/providers/id360/lookup-times.ts';
import { idnowLookupTimes } from '../../shared/providers/idnow/lookup-times.ts';

const receivedAt = '2026-11-22T10:00:00Z';
const opened = Date.parse(receivedAt) / 1000;
const times: LookupTimes = [minutes(15), hours(1), hours(4)];

/** Plans the step of a case whose latest event is some seconds old. */
function planAfter(seconds: number, { dueAfter = minutes(15), of = times } = {}) {
  return planLookup({ receivedAt, nextLookupAt: opened + dueAfter }, of, opened + seconds);
}

describe('planLookup', () => {
  test('a case is looked up at its time, and the next lookup is at the next time', () => {
    expect(planAfter(minutes(15))).toEqual({
      kind: 'lookup',
      nextLookupAt: opened + hours(1),
      isLast: false,
    });
  });

  test('a case whose lookup is not due, or was never planned, gets none', () => {
    expect(planAfter(minutes(14))).toEqual({ kind: 'none' });
    expect(planLookup({ receivedAt, nextLookupAt: null }, times, opened + hours(9))).toEqual({
      kind: 'none',
    });
  });

  test('a case that is due but silent for too short a time waits until its first time', () => {
    const plan = planAfter(minutes(16), { of: datakeenLookupTimes });
    expect(plan).toEqual({ kind: 'wait', nextLookupAt: opened + hours(1) });
  });

  test('if the schedule stood still, the missed lookups become one', () => {
    expect(planAfter(hours(3))).toMatchObject({
      kind: 'lookup',
      nextLookupAt: opened + hours(4),
    });
  });

  test('the last lookup is repeated after a day, in case its job is lost', () => {
    expect(planAfter(hours(5))).toEqual({
      kind: 'lookup',
      nextLookupAt: opened + hours(29),
      isLast: true,
    });
  });
});

/** Follows the plans of a case that stays silent. @returns the hours of its lookups, up to and with the last one */
function playSilence(of: LookupTimes): number[] {
  const lookups: number[] = [];
  let due = minutes(15);
  for (;;) {
    const plan = planAfter(due, { dueAfter: due, of });
    if (plan.kind === 'none') throw new Error('a due case gets a step');
    if (plan.kind === 'lookup') lookups.push(due / 3600);
    if (plan.kind === 'lookup' && plan.isLast) return lookups;
    due = plan.nextLookupAt - opened;
  }
}

test('IDnow cases are looked up after 15 minutes, 1, 4 and 12 hours, then daily until day 90', () => {
  const days = Array.from({ length: 90 }, (_, index) => 24 * (index + 1));
  expect(playSilence(idnowLookupTimes)).toEqual([0.25, 1, 4, 12, ...days]);
});

test('ID360 cases are looked up until day 7', () => {
  expect(playSilence(id360LookupTimes)).toEqual([0.25, 1, 4, 12, 24, 48, 72, 96, 120, 144, 168]);
});

test('Datakeen sessions are looked up after their hour, and after a day', () => {
  expect(playSilence(datakeenLookupTimes)).toEqual([1, 24]);
});

test('if a stage keeps cases for 30 days, an IDnow case is overdue before its row expires', () => {
  const times = fitLookupTimes(idnowLookupTimes, hours(30 * 24));
  expect(playSilence(times).at(-1)).toBe(28 * 24);
});

test('the first lookup stays, however short the retention is', () => {
  expect(fitLookupTimes(times, minutes(1))).toEqual([minutes(15)]);
});
