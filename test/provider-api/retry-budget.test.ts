import { describe, expect, test } from 'vitest';
import { EvidenceError, type FailureKind } from '../../shared/provider-api/evidence-error.ts';
import { createRetryBudget } from '../../shared/provider-api/retry-budget.ts';

const never = new AbortController().signal;

/** Makes a call that fails `failures` times and then succeeds, and a retry budget whose pauses take no time. */
function underTest(failures: number, kind: FailureKind = 'invalid', pauses?: readonly number[]) {
  const waits: number[] = [];
  let asked = 0;
  const attempt = async () => {
    asked += 1;
    if (asked <= failures) throw new EvidenceError(kind, `failure ${asked}`);
    return `answer ${asked}`;
  };
  const { retry } = createRetryBudget(async (ms) => void waits.push(ms), pauses);
  return { waits, attempt, retry };
}

describe('a retry budget', () => {
  test('a retry budget does not repeat a call that succeeds', async () => {
    const { retry, attempt, waits } = underTest(0);
    expect(await retry(['invalid'], attempt, never)).toBe('answer 1');
    expect(waits).toEqual([]);
  });

  test('a retry budget repeats a failing call until the call succeeds', async () => {
    const { retry, attempt, waits } = underTest(2);
    expect(await retry(['invalid'], attempt, never)).toBe('answer 3');
    expect(waits).toEqual([1000, 2000]);
  });

  test('a retry budget gives up a failing call after 15 seconds of pauses, and throws the last error', async () => {
    const { retry, attempt, waits } = underTest(99);
    await expect(retry(['invalid'], attempt, never)).rejects.toThrow('failure 5');
    expect(waits).toEqual([1000, 2000, 4000, 8000]);
  });

  test('a retry budget repeats a call only after failures of the given kinds', async () => {
    const { retry, attempt, waits } = underTest(1, 'transient');
    await expect(retry(['invalid', 'not_found'], attempt, never)).rejects.toThrow('failure 1');
    expect(waits).toEqual([]);
  });

  test('a retry budget does not repeat a call after an error of our own code, such as a TypeError', async () => {
    const { retry, waits } = underTest(0);
    const fault = async () => {
      throw new TypeError('x is not a function');
    };
    await expect(retry(['invalid'], fault, never)).rejects.toThrow(TypeError);
    expect(waits).toEqual([]);
  });

  test('all calls with one retry budget share its pauses, so a later call has fewer pauses left', async () => {
    const { retry, attempt, waits } = underTest(3, 'invalid', [10, 20, 30]);
    await retry(['invalid'], attempt, never);
    await expect(retry(['invalid'], underTest(1).attempt, never)).rejects.toThrow('failure 1');
    expect(waits).toEqual([10, 20, 30]);
  });

  test('a retry budget stops repeating a call when the abort signal of the call is aborted', async () => {
    const over = new Error('the time is over');
    const { retry } = createRetryBudget(() => Promise.reject(over));
    await expect(retry(['invalid'], underTest(1).attempt, never)).rejects.toBe(over);
  });
});
