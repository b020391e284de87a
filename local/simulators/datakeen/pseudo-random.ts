import { createHash } from 'node:crypto';

/** Computes a number from 0 to 1, like a confidence. The same text always gives the same number. */
export function pseudoRandom(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
