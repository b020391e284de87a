import { createHash } from 'node:crypto';
import type { ProviderHash } from '../../contract/artifact-content.ts';

/** Digests of a provider's own choice, by name and by length in bytes. MD5 tells a damaged file, not a forged one. */
const algorithms: ReadonlyMap<string, { readonly name: string; readonly bytes: number }> = new Map([
  ['MD5', { name: 'md5', bytes: 16 }],
  ['SHA1', { name: 'sha1', bytes: 20 }],
  ['SHA256', { name: 'sha256', bytes: 32 }],
  ['SHA384', { name: 'sha384', bytes: 48 }],
  ['SHA512', { name: 'sha512', bytes: 64 }],
]);

/** Compares a stream with the provider's hash of it. */
export interface HashComparison {
  update(chunk: Uint8Array): void;
  /** Once all bytes have come. */
  matches(): boolean;
}

/** @returns null where nothing can be compared: the algorithm is none that we know, or the value is no digest of it */
export function compareWith({ algorithm, value }: ProviderHash): HashComparison | null {
  const known = algorithms.get(algorithm.trim().toUpperCase().replace(/[-_]/g, ''));
  const expected = known && digestIn(value.trim(), known.bytes);
  if (known === undefined || !expected) return null;
  const hash = createHash(known.name);
  return {
    update: (chunk) => void hash.update(chunk),
    matches: () => hash.copy().digest().equals(expected),
  };
}

/** Hexadecimal in either case, Base64 or Base64url; null where it is none of that length. */
function digestIn(value: string, bytes: number): Buffer | null {
  if (value.length === 2 * bytes && /^[0-9a-f]+$/i.test(value)) return Buffer.from(value, 'hex');
  const isBase64 = /^[\w+/-]+={0,2}$/.test(value);
  const decoded = Buffer.from(isBase64 ? value : '', 'base64');
  return decoded.byteLength === bytes ? decoded : null;
}
