import { hash } from 'node:crypto';

/**
 * Returns a value as JSON with sorted keys and without white space. Two bodies with the same content give the same
 * text. The format follows RFC 8785, which prescribes JavaScript's format of numbers. A number that would lose digits in
 * this format is text already (`parseUtf8Json`).
 */
export function toCanonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(value));
}

/**
 * The number of bytes that we keep of a SHA-256. A row stores up to 128 fingerprints, and they do not compress. Two
 * different values share 16 bytes as rarely as two UUIDs are equal.
 */
const fingerprintBytes = 16;

/** Returns the first 16 bytes of the SHA-256 of the canonical JSON of a value, in base64url (22 characters). */
export function computeFingerprint(value: unknown): string {
  return hash('sha256', toCanonicalJson(value), 'buffer').toString('base64url', 0, fingerprintBytes);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isRecord(value)) return value;
  // Sorting the keys without a function that compares them halves the time of a fingerprint.
  const keys = Object.keys(value).sort();
  // Setting one key after the other takes half the time of Object.fromEntries. But setting `__proto__` would not add a key.
  if (Object.hasOwn(value, '__proto__'))
    return Object.fromEntries(keys.map((key) => [key, sortKeys(value[key])]));
  const sorted: Record<string, unknown> = {};
  for (const key of keys) sorted[key] = sortKeys(value[key]);
  return sorted;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
