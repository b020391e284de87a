import { createHash } from 'node:crypto';

/** Computes the id of the analysis in a simulated Datakeen session. */
export function computeDatakeenAnalysisId(sessionId: string): string {
  return computeDatakeenObjectId('analysis', sessionId);
}

/** Computes the `entityId`: the id of the person in an analyst's webhook. */
export function computeDatakeenEntityId(sessionId: string): string {
  return computeDatakeenObjectId('entity', sessionId);
}

/** Computes the id of the person in the result of a Datakeen session. The id is a UUID, as in Datakeen's sample. */
export function computeDatakeenPersonId(sessionId: string): string {
  const hex = digest('person', sessionId);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Computes an id of 24 hexadecimal digits, as Datakeen uses, from the given parts. The same parts give the same id. */
export function computeDatakeenObjectId(...parts: readonly (string | number)[]): string {
  return digest(...parts).slice(0, 24);
}

function digest(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
