import * as z from 'zod';

/** An optional text. Numbers are read as text, because a zip code or a document number may be sent as a number. */
export const Text = z.union([z.string(), z.number().transform(String)]).nullish();

/** Returns the text unchanged, or null if it is missing or blank. */
export function nonBlank(value: string | null | undefined): string | null {
  return value === undefined || value === null || value.trim() === '' ? null : value;
}

/** Checks whether the schema `Text` accepts a value, without the cost of running the schema. */
export function isOptionalText(value: unknown): value is string | number | null | undefined {
  return typeof value === 'string' || Number.isFinite(value) || value === null || value === undefined;
}
