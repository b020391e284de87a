import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { createDeadline, createTimeShareAbortSignal } from '../../../shared/evidence/archive/deadline.ts';

afterEach(() => vi.restoreAllMocks());

test('a share of a deadline is all the remaining time if only one part of the work is left', () => {
  const deadline = createDeadline(60_000);
  expect(createTimeShareAbortSignal(deadline, 1)).toBe(deadline.signal);
});

test('a share of a deadline is a quarter of the remaining time if four parts of the work are left', async () => {
  // Prepare
  const timeout = vi.spyOn(AbortSignal, 'timeout');
  const { signal } = createDeadline(60_000);
  // Act
  const share = createTimeShareAbortSignal({ signal, remainingMs: () => 200 }, 4);
  // Assess
  expect(timeout).toHaveBeenLastCalledWith(50);
  await once(share, 'abort');
  expect(signal.aborted).toBe(false);
});

test('a share of a deadline never ends after the deadline', async () => {
  const deadline = createDeadline(20);
  const share = createTimeShareAbortSignal({ ...deadline, remainingMs: () => 60_000 }, 2);
  await once(share, 'abort');
  expect(deadline.signal.aborted).toBe(true);
  expect(createDeadline(0).remainingMs()).toBe(0);
});
