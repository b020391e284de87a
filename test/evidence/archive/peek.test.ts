import { expect, test } from 'vitest';
import { readFirstBytes } from '../../../shared/evidence/archive/peek.ts';

const never = new AbortController().signal;

/** A body that sends these texts, and then nothing more: it neither ends nor fails. */
function thatHangsAfter(...texts: string[]) {
  const left = texts.map((text) => Buffer.from(text));
  let closed = 0;
  const chunks: AsyncIterator<Uint8Array> = {
    next: async () => {
      const value = left.shift();
      return value ? { done: false, value } : new Promise(() => undefined);
    },
    return: async () => {
      closed += 1;
      return { done: true, value: undefined };
    },
  };
  return { body: { [Symbol.asyncIterator]: () => chunks }, closed: () => closed };
}

async function* texts(...values: string[]) {
  for (const value of values) yield Buffer.from(value);
}

test.each([
  { bytes: 1, beginning: 'ab' },
  { bytes: 3, beginning: 'abcd' },
  { bytes: 100, beginning: 'abcdef' },
])('after the first $bytes bytes were read, the body still contains them', async ({ bytes, beginning }) => {
  // Act
  const peeked = await readFirstBytes(texts('ab', 'cd', 'ef'), bytes, never);

  // Assess
  expect(Buffer.from(peeked.beginning).toString()).toBe(beginning);
  const whole: Uint8Array[] = [];
  for await (const chunk of peeked.body) whole.push(chunk);
  expect(Buffer.concat(whole).toString()).toBe('abcdef');
});

test('if a body sends nothing more, reading its first bytes ends with the deadline, and the transfer is closed', async () => {
  // Prepare
  const deadline = new AbortController();
  const { body, closed } = thatHangsAfter('ab');

  // Act
  const reading = readFirstBytes(body, 100, deadline.signal);
  setImmediate(() => deadline.abort(new Error('deadline')));

  // Assess
  await expect(reading).rejects.toThrow('deadline');
  expect(closed()).toBe(1);
});

test('if a body sends nothing more after its first bytes, reading its rest ends with the deadline', async () => {
  // Prepare
  const deadline = new AbortController();
  const { body, closed } = thatHangsAfter('ab');
  const peeked = await readFirstBytes(body, 1, deadline.signal);

  // Act
  const reading = (async () => {
    for await (const _chunk of peeked.body) setImmediate(() => deadline.abort(new Error('deadline')));
  })();

  // Assess
  await expect(reading).rejects.toThrow('deadline');
  peeked.close();
  expect(closed()).toBe(1);
});

test('the first bytes are not read after the deadline', async () => {
  await expect(readFirstBytes(texts('ab'), 1, AbortSignal.abort(new Error('deadline')))).rejects.toThrow(
    'deadline',
  );
});

test('a transfer that cannot be closed does not fail an artifact that is stored already', async () => {
  // Prepare
  const chunks = texts('ab');
  chunks.return = () => Promise.reject(new Error('cannot be closed'));
  const peeked = await readFirstBytes(chunks, 1, never);

  // Act: vitest fails this run if the rejection is not handled.
  peeked.close();
  await new Promise((resolve) => setImmediate(resolve));
});
