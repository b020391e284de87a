import { once } from 'node:events';
import { expect, test } from 'vitest';
import { deadlineIn, shareOf } from '../../shared/evidence/deadline.ts';

test('the last artifact gets all the time that is left', () => {
  const deadline = deadlineIn(60_000);
  expect(shareOf(deadline, 1)).toBe(deadline.signal);
});

test('one of four gets a quarter of it', async () => {
  // Prepare
  const deadline = deadlineIn(2000);
  // Act
  await once(shareOf(deadline, 4), 'abort');
  // Assess
  expect(deadline.signal.aborted).toBe(false);
  expect(deadline.remainingMs()).toBeGreaterThan(500);
});

test('no share is longer than the time that is left', async () => {
  const deadline = deadlineIn(20);
  const share = shareOf({ ...deadline, remainingMs: () => 60_000 }, 2);
  await once(share, 'abort');
  expect(deadline.signal.aborted).toBe(true);
  expect(deadlineIn(0).remainingMs()).toBe(0);
});
