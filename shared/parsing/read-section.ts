import * as z from 'zod/mini';

/** A section of a provider's result: its readable data, and the names of the fields that could not be read. */
export interface ParsedSection<T> {
  readonly data: T;
  readonly unreadable: readonly string[];
}

/** Checks whether the provider gave no value: undefined, null or empty text. */
export const isAbsentValue = (raw: unknown) => raw === undefined || raw === null || raw === '';

/**
 * Reads a section in which every field is optional. Fields of an unexpected type are left out, and `unreadable` lists
 * their names. So one unexpected field does not make the section or the result unreadable.
 *
 * @param name the section's name, such as `userdata`; `unreadable` then lists `userdata.gender`
 */
export function readSection<T>(schema: z.core.$ZodType<T>, name: string, raw: unknown): ParsedSection<T> {
  if (isAbsentValue(raw)) return { data: z.parse(schema, {}), unreadable: [] };
  const parsed = z.safeParse(schema, raw);
  if (parsed.success) return { data: parsed.data, unreadable: [] };

  const badKeys = new Set(parsed.error.issues.map(({ path: [key] }) => key));
  if (badKeys.has(undefined)) return { data: z.parse(schema, {}), unreadable: [name] };
  const good = Object.entries(Object(raw)).filter(([key]) => !badKeys.has(key));
  return {
    data: z.parse(schema, Object.fromEntries(good)),
    unreadable: listUnreadableFields(name, [...badKeys].map(String)),
  };
}

/**
 * The number of entries that we read of a section or a list: about ten times the entries of a real one. The limit is
 * necessary, because each entry costs time, and a body of 1 MiB can hold 500,000 entries.
 */
export const maxEntriesPerSection = 200;

/**
 * Returns the names of the unreadable fields of a section, 200 at most. If there are more, the list ends with the name of
 * the section.
 */
export function listUnreadableFields(name: string, keys: readonly string[]): string[] {
  const named = keys.slice(0, maxEntriesPerSection).map((key) => `${name}.${key}`);
  return keys.length > maxEntriesPerSection ? [...named, name] : named;
}

/** Returns the first 200 paths. If there are more, the list ends with the sections of the others: the first key of each. */
export function limitPaths(paths: readonly string[]): string[] {
  const sections = paths.slice(maxEntriesPerSection).map((path) => path.replace(/[.[].*$/s, ''));
  return [...new Set([...paths.slice(0, maxEntriesPerSection), ...sections])];
}

/** Collects the names of unreadable fields while a result is read section by section. */
export function createUnreadableFieldCollector() {
  const unreadable: string[] = [];
  return {
    unreadable,
    /** Returns the data of a section, and adds the names of its unreadable fields to the collection. */
    dataOf<T>(section: ParsedSection<T>): T {
      unreadable.push(...section.unreadable);
      return section.data;
    },
  };
}
