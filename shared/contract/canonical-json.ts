import { createHash } from 'node:crypto';

/**
 * JSON with sorted keys and without white space, so that two bodies that say the same are the same text
 * (after RFC 8785; numbers are JavaScript's, which is what RFC 8785 prescribes).
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** SHA-256 of the canonical JSON, base64url (43 characters). */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // Object.fromEntries defines own properties, so that a key named `__proto__` stays a key.
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}
