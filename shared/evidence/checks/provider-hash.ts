import { createHash } from 'node:crypto';
import type { ProviderHash } from '../../contract/artifact-content.ts';

/** The hash algorithms that providers may use, with the length of the digest. MD5 detects damage, not forgery. */
const algorithms: ReadonlyMap<string, { readonly name: string; readonly bytes: number }> = new Map([
  ['MD5', { name: 'md5', bytes: 16 }],
  ['SHA1', { name: 'sha1', bytes: 20 }],
  ['SHA256', { name: 'sha256', bytes: 32 }],
  ['SHA384', { name: 'sha384', bytes: 48 }],
  ['SHA512', { name: 'sha512', bytes: 64 }],
]);

/** Compares a stream with the provider's hash. */
export interface HashComparison {
  update(chunk: Uint8Array): void;
  /** Whether the bytes match the hash. Call it once all bytes have arrived. */
  matches(): boolean;
}

/** @returns null if the algorithm is unknown, or the value is no digest of this algorithm */
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

/**
 * Decodes a digest in hexadecimal (upper or lower case), Base64 or Base64url.
 *
 * @returns null if the value does not have the length of the digest
 */
function digestIn(value: string, bytes: number): Buffer | null {
  if (value.length === 2 * bytes && /^[0-9a-f]+$/i.test(value)) return Buffer.from(value, 'hex');
  const isBase64 = /^[\w+/-]+={0,2}$/.test(value);
  const decoded = Buffer.from(isBase64 ? value : '', 'base64');
  return decoded.byteLength === bytes ? decoded : null;
}
