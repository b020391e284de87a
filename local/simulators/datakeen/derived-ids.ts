import { createHash } from 'node:crypto';

/** Computes the id of the session's analysis. */
export function analysisIdOf(sessionId: string): string {
  return objectId('analysis', sessionId);
}

/** Computes the id of the person that an analyst's webhook contains. */
export function entityIdOf(sessionId: string): string {
  return objectId('entity', sessionId);
}

/** Computes the id of the person that a session's result contains. It is a UUID, unlike the id in a webhook. */
export function personIdOf(sessionId: string): string {
  const hex = digest('person', sessionId);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Computes an id of 24 hexadecimal digits, like Datakeen's ids. The same parts always give the same id. */
export function objectId(...parts: readonly (string | number)[]): string {
  return digest(...parts).slice(0, 24);
}

function digest(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
