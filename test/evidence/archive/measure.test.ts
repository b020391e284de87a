import { expect, test } from 'vitest';
import { measured } from '../../../shared/evidence/archive/measure.ts';
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
  const stream = measured('ident.zip', body, { maxBytes: 10, ...limits });
  const passed: Uint8Array[] = [];
  for await (const chunk of stream.body) passed.push(chunk);
  return { passed: Buffer.concat(passed).toString(), ...stream.measure() };
}

test.each([
  { title: 'announced', length: 6 },
  { title: 'not announced', length: null },
])('passes the bytes on and measures them: $title', async ({ length }) => {
  expect(await pass(chunks('abc', '', 'def'), { length })).toEqual({
    passed: 'abcdef',
    size: 6,
    // printf abcdef | sha256sum
    sha256: 'bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721',
  });
});

test('nothing is too little where there must be something', async () => {
  await expect(pass(chunks(), { length: 0, minBytes: 1 })).rejects.toMatchObject({ kind: 'transient' });
});

test('measures nothing as nothing', async () => {
  expect(await pass(chunks(), { length: 0 })).toEqual({
    passed: '',
    size: 0,
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  });
});

test.each<{ title: string; body: () => AsyncIterable<Uint8Array>; length: number | null; kind: string }>([
  { title: 'fewer bytes than announced', body: () => chunks('abc'), length: 4, kind: 'transient' },
  { title: 'more bytes than announced', body: () => chunks('abc', 'de'), length: 4, kind: 'transient' },
  { title: 'a length that is no number', body: () => chunks('abc'), length: Number.NaN, kind: 'transient' },
  {
    title: 'more bytes than we archive',
    body: () => chunks('abcdef', 'ghijk'),
    length: null,
    kind: 'too_large',
  },
  { title: 'more announced than we archive', body: () => chunks('abc'), length: 11, kind: 'too_large' },
  {
    title: 'a connection that breaks',
    body: () => thatBreaks(new TypeError('terminated')),
    length: null,
    kind: 'transient',
  },
  {
    title: 'a failure that says more',
    body: () => thatBreaks(new EvidenceError('invalid', 'damaged')),
    length: null,
    kind: 'invalid',
  },
])('refuses $title', async ({ body, length, kind }) => {
  await expect(pass(body(), { length })).rejects.toMatchObject({ name: 'EvidenceError', kind });
});

test('takes exactly as much as we archive', async () => {
  await expect(pass(chunks('abcde', 'fghij'), { length: 10 })).resolves.toMatchObject({ size: 10 });
});

test.each([
  { title: 'too much has come', length: null, maxBytes: 4 },
  { title: 'too much is announced', length: 11, maxBytes: 10 },
])('ends the download when $title', async ({ length, maxBytes }) => {
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
