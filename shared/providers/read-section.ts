import type * as z from 'zod';

/** What could be read of a section, and the names of what could not. */
export interface Section<T> {
  readonly data: T;
  readonly unreadable: readonly string[];
}

/**
 * Reads a section of which every key is optional. What is not of the expected type is left out and named, so
 * that one odd field costs neither its section nor the result.
 */
export function readSection<T>(schema: z.ZodType<T>, name: string, raw: unknown): Section<T> {
  if (raw === undefined || raw === null || raw === '') return { data: schema.parse({}), unreadable: [] };
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { data: parsed.data, unreadable: [] };

  const badKeys = new Set(parsed.error.issues.map(({ path: [key] }) => key));
  if (badKeys.has(undefined)) return { data: schema.parse({}), unreadable: [name] };
  const good = Object.entries(Object(raw)).filter(([key]) => !badKeys.has(key));
  return {
    data: schema.parse(Object.fromEntries(good)),
    unreadable: [...badKeys].map((key) => `${name}.${String(key)}`),
  };
}

/** The same for a list: entries that are not of the expected type are left out, and the list named once. */
export function readList<T>(schema: z.ZodType<T>, name: string, raw: unknown): Section<readonly T[]> {
  if (raw === undefined || raw === null || raw === '') return { data: [], unreadable: [] };
  if (!Array.isArray(raw)) return { data: [], unreadable: [name] };
  const data: T[] = [];
  for (const entry of raw) {
    const parsed = schema.safeParse(entry);
    if (parsed.success) data.push(parsed.data);
  }
  return { data, unreadable: data.length < raw.length ? [name] : [] };
}
