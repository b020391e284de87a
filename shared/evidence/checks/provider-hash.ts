import { createHash } from 'node:crypto';
import type { FileHashFromProvider } from '../../contract/artifact-content.ts';

/**
 * The hash algorithms that providers may use, with the length of their digests. MD5 is allowed, because the hash must
 * reveal only damage, not forgery.
 */
const algorithms: ReadonlyMap<string, { readonly name: string; readonly bytes: number }> = new Map([
  ['MD5', { name: 'md5', bytes: 16 }],
  ['SHA1', { name: 'sha1', bytes: 20 }],
  ['SHA256', { name: 'sha256', bytes: 32 }],
  ['SHA384', { name: 'sha384', bytes: 48 }],
  ['SHA512', { name: 'sha512', bytes: 64 }],
]);

/** Compares the bytes of a streamed file with the provider's hash of the file. */
export interface ProviderHashCheck {
  update(chunk: Uint8Array): void;
  /** Returns true if the bytes match the provider's hash. Call it after all bytes have arrived. */
  matches(): boolean;
}

/**
 * Starts to compare a file with the provider's hash of the file.
 *
 * @returns null if the algorithm is unknown, or the value is not a digest of this algorithm
 */
export function startProviderHashCheck({ algorithm, value }: FileHashFromProvider): ProviderHashCheck | null {
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
 * @returns null if the decoded value does not have the length of the digest
 */
function digestIn(value: string, bytes: number): Buffer | null {
  if (value.length === 2 * bytes && /^[0-9a-f]+$/i.test(value)) return Buffer.from(value, 'hex');
  const isBase64 = /^[\w+/-]+={0,2}$/.test(value);
  const decoded = Buffer.from(isBase64 ? value : '', 'base64');
  return decoded.byteLength === bytes ? decoded : null;
}
