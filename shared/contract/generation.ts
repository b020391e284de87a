/**
 * Returns the generation of a row that is written for the first time at this instant. A generation is the time of the
 * first write, in seconds, without separators. Generations of one verification sort as text: a later one is greater.
 *
 * @param at ISO 8601 instant in UTC
 * @example formatGeneration('2026-11-22T10:10:00.123Z') === '20261122T101000Z'
 */
export function formatGeneration(at: string): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

/** The format of a generation. */
export const generationFormat = /^\d{8}T\d{6}Z$/;
