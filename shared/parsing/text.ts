import * as z from 'zod/mini';

/**
 * The schema for an optional text. A number is read as text, because a provider may send a zip code or a document number
 * as a number.
 */
export const OptionalText = z.nullish(z.union([z.string(), z.pipe(z.number(), z.transform(String))]));

/** Returns the text unchanged, or null if it is missing or blank. */
export function nullIfBlank(value: string | null | undefined): string | null {
  return value === undefined || value === null || value.trim() === '' ? null : value;
}

/** Makes the same check as the schema for an optional text, but faster. */
export function isOptionalText(value: unknown): value is string | number | null | undefined {
  return typeof value === 'string' || Number.isFinite(value) || value === null || value === undefined;
}
