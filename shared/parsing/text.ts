import * as z from 'zod';

/** Numbers are read as text: a zip code or a document number may come as either. */
export const Text = z.union([z.string(), z.number().transform(String)]).nullish();

/** Null where it is missing or blank. */
export function text(value: string | null | undefined): string | null {
  return value === undefined || value === null || value.trim() === '' ? null : value;
}

/** Whether a value is what `Text` reads, without the cost of a schema. */
export function isText(value: unknown): value is string | number | null | undefined {
  return typeof value === 'string' || Number.isFinite(value) || value === null || value === undefined;
}
