import { createHash } from 'node:crypto';

/**
 * Returns a value as JSON with sorted keys and without white space. Two bodies with the same content give the same
 * text. The format follows RFC 8785, which prescribes JavaScript's format of numbers.
 */
export function toCanonicalJson(value: unknown): string {
  return JSON.stringify(sortKeys(value));
}

/** Returns the SHA-256 of the canonical JSON of a value, in base64url (43 characters). */
export function computeFingerprint(value: unknown): string {
  return createHash('sha256').update(toCanonicalJson(value)).digest('base64url');
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // A JSON key `__proto__` stays a normal key, because Object.fromEntries defines own properties.
  return Object.fromEntries(entries.map(([key, member]) => [key, sortKeys(member)]));
}
