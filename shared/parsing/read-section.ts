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
    unreadable: unreadableKeys(name, [...badKeys].map(String)),
  };
}

/** Some ten times what a section or a list has. Reading costs by the entry, and a body of 1 MiB can hold 500,000. */
export const maxEntries = 200;

/** Names the keys of a section that could not be read; where they are too many, the section as well. */
export function unreadableKeys(name: string, keys: readonly string[]): string[] {
  const named = keys.slice(0, maxEntries).map((key) => `${name}.${key}`);
  return keys.length > maxEntries ? [...named, name] : named;
}

/**
 * The same for a list: entries that are not of the expected type, and those after the first 200, are left out, and the
 * list is named once.
 */
export function readList<T>(schema: z.ZodType<T>, name: string, raw: unknown): Section<readonly T[]> {
  if (raw === undefined || raw === null || raw === '') return { data: [], unreadable: [] };
  if (!Array.isArray(raw)) return { data: [], unreadable: [name] };
  const data: T[] = [];
  for (const entry of raw.slice(0, maxEntries)) {
    const parsed = schema.safeParse(entry);
    if (parsed.success) data.push(parsed.data);
  }
  return { data, unreadable: data.length < raw.length ? [name] : [] };
}

/** Collects what could not be read while a result is read section by section. */
export function sectionCollector() {
  const unreadable: string[] = [];
  return {
    unreadable,
    /** Returns the data of a section, and adds the names of its unreadable parts to `unreadable`. */
    dataOf<T>(section: Section<T>): T {
      unreadable.push(...section.unreadable);
      return section.data;
    },
  };
}
