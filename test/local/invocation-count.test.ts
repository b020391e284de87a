import { expect, test } from 'vitest';
import { InvocationCount } from '../../local/stack/event-sources/invocation-count.ts';

const hourMs = 3_600_000;
const never = new AbortController().signal;

test('the poller of a stream waits until an invocation finishes', async () => {
  const invocations = new InvocationCount();
  let isWaiting = true;

  const waiting = invocations.change(invocations.value, hourMs, never).then(() => {
    isWaiting = false;
  });
  await new Promise(setImmediate);
  expect(isWaiting).toBe(true);
  invocations.increase();

  await waiting;
  expect(isWaiting).toBe(false);
});

test('the poller of a stream does not wait if an invocation has finished since it read the count', async () => {
  const invocations = new InvocationCount();
  const known = invocations.value;
  invocations.increase();

  await invocations.change(known, hourMs, never);

  expect(invocations.value).toBe(known + 1);
});

test('the poller of a stream waits no longer than the given time, or until the stack stops', async () => {
  const invocations = new InvocationCount();

  await invocations.change(invocations.value, 1, never);
  await invocations.change(invocations.value, hourMs, AbortSignal.abort());

  expect(invocations.value).toBe(0);
});
