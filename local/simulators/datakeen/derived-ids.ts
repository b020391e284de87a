import { createHash } from 'node:crypto';

/** Of the analysis that a session ends in. */
export function analysisIdOf(sessionId: string): string {
  return objectId('analysis', sessionId);
}

/** Of the person, as an analyst's decision names it. */
export function entityIdOf(sessionId: string): string {
  return objectId('entity', sessionId);
}

/** Of the person as well, as a result names it: there it is a UUID. */
export function personIdOf(sessionId: string): string {
  const hex = digest('person', sessionId);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** 24 hexadecimal digits, as the provider's own ids; the same parts always make the same id. */
export function objectId(...parts: readonly (string | number)[]): string {
  return digest(...parts).slice(0, 24);
}

function digest(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
