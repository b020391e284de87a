import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStreamTail } from '../../../shared/evidence/checks/tail.ts';

/** Enough bytes to exceed the memory with which a tail begins. */
const lengths = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 60_000, max: 300_000 }));
const sizes = fc.oneof(fc.nat(60), fc.nat(150_000));

test('the tail of a stream is its last bytes, whatever the sizes of the chunks', () => {
  fc.assert(
    fc.property(lengths, fc.array(sizes, { maxLength: 12 }), (length, chunkSizes) => {
      const tail = createStreamTail(length);
      const all: Buffer[] = [];
      for (const [index, size] of chunkSizes.entries()) {
        const chunk = Buffer.alloc(size, `chunk ${index}`);
        all.push(Buffer.from(chunk));
        tail.push(chunk);
        // The sender of a chunk may use its memory again.
        chunk.fill(0xff);
      }
      const whole = Buffer.concat(all);
      expect(tail.size).toBe(whole.byteLength);
      expect(tail.bytes().equals(whole.subarray(-length))).toBe(true);
    }),
  );
});
