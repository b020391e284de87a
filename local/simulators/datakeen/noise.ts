import { createHash } from 'node:crypto';

/** A number from 0 to 1 as a model gives them; the same text always gives the same one. */
export function noise(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
