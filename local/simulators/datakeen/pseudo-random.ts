import { createHash } from 'node:crypto';

/** Computes a number between 0 and 1 from a text. The same text always gives the same number. */
export function computePseudoRandomNumber(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
