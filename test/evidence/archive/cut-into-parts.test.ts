import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutIntoParts } from '../../../shared/evidence/archive/cut-into-parts.ts';

const never = new AbortController().signal;

async function* chunksOf(bytes: Uint8Array, sizes: readonly number[]) {
  let start = 0;
  for (const size of sizes) {
    yield bytes.subarray(start, start + size);
    start += size;
  }
  if (start < bytes.byteLength) yield bytes.subarray(start);
}

const base64Of = (crc: number) => Buffer.from(crc.toString(16).padStart(8, '0'), 'hex').toString('base64');

test('parts contain the bytes of the body in order, with their CRC32, whatever the sizes of chunks and parts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.nat(40)),
      fc.integer({ min: 1, max: 60 }),
      async (bytes, sizes, partBytes) => {
        const copies: Buffer[] = [];
        for await (const part of cutIntoParts(chunksOf(bytes, sizes), partBytes, never)) {
          copies.push(Buffer.from(part.bytes));
          expect(part.number).toBe(copies.length);
          expect(part.crc32).toBe(base64Of(crc32(part.bytes)));
          expect(part.isLast).toBe(copies.length === Math.max(1, Math.ceil(bytes.byteLength / partBytes)));
          if (!part.isLast) expect(part.bytes.byteLength).toBe(partBytes);
          part.release();
        }
        expect(Buffer.concat(copies)).toEqual(Buffer.from(bytes));
      },
    ),
  );
});

test('a part keeps its bytes until it is released, while later parts are read', async () => {
  // Prepare
  const bytes = Buffer.from('aabbccdd');
  const parts = cutIntoParts(chunksOf(bytes, [3, 3]), 2, never);

  // Act
  const kept = [];
  for await (const part of parts) kept.push(part);

  // Assess
  expect(kept.map((part) => part.bytes.toString())).toEqual(['aa', 'bb', 'cc', 'dd']);
});

test('the memory of a released part is used for a later part', async () => {
  const memories = new Set<ArrayBufferLike>();
  for await (const part of cutIntoParts(chunksOf(Buffer.alloc(100), []), 10, never)) {
    memories.add(part.bytes.buffer);
    part.release();
  }
  expect(memories.size).toBe(1);
});

test('a small body does not take the memory of a whole part', async () => {
  for await (const part of cutIntoParts(chunksOf(Buffer.alloc(1000), []), 8 * 1024 ** 2, never)) {
    expect(part.bytes.buffer.byteLength).toBeLessThan(1024 ** 2);
  }
});
