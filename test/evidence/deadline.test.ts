import { once } from 'node:events';
import { expect, test } from 'vitest';
import { deadlineIn, shareOf } from '../../shared/evidence/deadline.ts';

test('the last artifact gets all the time that is left', () => {
  const deadline = deadlineIn(60_000);
  expect(shareOf(deadline, false)).toBe(deadline.signal);
});

test('one that others wait behind gets half of it', async () => {
  // Prepare
  const deadline = deadlineIn(2000);
  // Act
  await once(shareOf(deadline, true), 'abort');
  // Assess
  expect(deadline.signal.aborted).toBe(false);
  expect(deadline.remainingMs()).toBeLessThan(1100);
});

test('no share is longer than the time that is left', async () => {
  const deadline = deadlineIn(20);
  const share = shareOf({ ...deadline, remainingMs: () => 60_000 }, true);
  await once(share, 'abort');
  expect(deadline.signal.aborted).toBe(true);
  expect(deadlineIn(0).remainingMs()).toBe(0);
});
