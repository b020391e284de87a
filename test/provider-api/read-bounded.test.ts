import { expect, test } from 'vitest';
import { parseJsonAnswer, readAnswerIntoMemory } from '../../shared/provider-api/read-bounded.ts';

const MiB = 1024 * 1024;

test.each(['{"a":1}', ' \r\n\t[1]', '\ufeff{}', ''])(
  'readAnswerIntoMemory returns the whole HTTP answer if its beginning can be JSON: %j',
  async (body) => {
    expect(Buffer.from(await readAnswerIntoMemory('GET report', new Response(body), 1)).toString()).toBe(
      body,
    );
  },
);

test('readAnswerIntoMemory rejects an HTTP answer whose beginning cannot be JSON, and does not read the rest', async () => {
  // Prepare
  let chunks = 0;
  const body = new ReadableStream({
    pull(controller) {
      chunks += 1;
      controller.enqueue(Buffer.from('Service unavailable'));
    },
  });

  // Act
  const reading = readAnswerIntoMemory('GET report', new Response(body), 20);

  // Assess
  await expect(reading).rejects.toMatchObject({ kind: 'transient', message: 'GET report: answered no JSON' });
  expect(chunks).toBeLessThan(10);
});

test('readAnswerIntoMemory rejects a JSON answer above the size limit as too_large', async () => {
  const body = `{"a":"${'a'.repeat(MiB)}"}`;
  await expect(readAnswerIntoMemory('GET report', new Response(body), 1)).rejects.toMatchObject({
    kind: 'too_large',
  });
});

test('parseJsonAnswer keeps all digits of a number, as text', () => {
  const answer = Buffer.from('{"id":12345678901234567890,"score":0.10000000000000000555,"pages":2}');
  expect(parseJsonAnswer('GET report', answer)).toEqual({
    id: '12345678901234567890',
    score: '0.10000000000000000555',
    pages: 2,
  });
});

test('parseJsonAnswer rejects an answer that is not JSON, and its error does not quote the answer', () => {
  expect(() => parseJsonAnswer('GET report', Buffer.from('ERIKA'))).toThrow('GET report: answered no JSON');
});
