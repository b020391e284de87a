import { expect, test } from 'vitest';
import { countAndHashWhileStreaming } from '../../../shared/evidence/archive/measure.ts';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';

async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

async function* thatBreaks(error: Error) {
  yield Buffer.from('abc');
  throw error;
}

async function pass(
  body: AsyncIterable<Uint8Array>,
  limits: { length: number | null; minBytes?: number; maxBytes?: number },
) {
  const stream = countAndHashWhileStreaming('ident.zip', body, { maxBytes: 10, ...limits });
  const passed: Uint8Array[] = [];
  for await (const chunk of stream.body) passed.push(chunk);
  return { passed: Buffer.concat(passed).toString(), ...stream.measure() };
}

test.each([
  { title: 'with an announced length', length: 6 },
  { title: 'without an announced length', length: null },
])(
  'a stream of evidence $title passes unchanged, and its size and SHA-256 are measured',
  async ({ length }) => {
    expect(await pass(chunks('abc', '', 'def'), { length })).toEqual({
      passed: 'abcdef',
      size: 6,
      // Computed with: printf abcdef | sha256sum
      sha256: 'bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721',
    });
  },
);

test('an empty stream of evidence fails if at least one byte is required', async () => {
  await expect(pass(chunks(), { length: 0, minBytes: 1 })).rejects.toMatchObject({ kind: 'transient' });
});

test('an empty stream of evidence has the size 0 and the SHA-256 of no bytes', async () => {
  expect(await pass(chunks(), { length: 0 })).toEqual({
    passed: '',
    size: 0,
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  });
});

test.each<{ title: string; body: () => AsyncIterable<Uint8Array>; length: number | null; kind: string }>([
  { title: 'has fewer bytes than announced', body: () => chunks('abc'), length: 4, kind: 'transient' },
  { title: 'has more bytes than announced', body: () => chunks('abc', 'de'), length: 4, kind: 'transient' },
  {
    title: 'has an announced length that is no number',
    body: () => chunks('abc'),
    length: Number.NaN,
    kind: 'transient',
  },
  {
    title: 'has more bytes than we archive',
    body: () => chunks('abcdef', 'ghijk'),
    length: null,
    kind: 'too_large',
  },
  { title: 'announces more bytes than we archive', body: () => chunks('abc'), length: 11, kind: 'too_large' },
  {
    title: 'breaks off',
    body: () => thatBreaks(new TypeError('terminated')),
    length: null,
    kind: 'transient',
  },
  {
    title: 'fails with an EvidenceError',
    body: () => thatBreaks(new EvidenceError('invalid', 'damaged')),
    length: null,
    kind: 'invalid',
  },
])(
  'a faulty stream of evidence fails with the error kind $kind: it $title',
  async ({ body, length, kind }) => {
    await expect(pass(body(), { length })).rejects.toMatchObject({ name: 'EvidenceError', kind });
  },
);

test('a stream of evidence of exactly the maximum size does not fail', async () => {
  await expect(pass(chunks('abcde', 'fghij'), { length: 10 })).resolves.toMatchObject({ size: 10 });
});

test.each([
  { title: 'has too many bytes', length: null, maxBytes: 4 },
  { title: 'announces too many bytes', length: 11, maxBytes: 10 },
])('the download of a file that is too large stops early: it $title', async ({ length, maxBytes }) => {
  // Prepare
  let ended = false;
  let read = 0;
  async function* download() {
    try {
      for (; read < 100; read++) yield Buffer.from('abc');
    } finally {
      ended = true;
    }
  }

  // Act
  await expect(pass(download(), { length, maxBytes })).rejects.toThrow('ident.zip');

  // Assess
  expect({ ended, read }).toEqual({ ended: true, read: length === null ? 1 : 0 });
});
