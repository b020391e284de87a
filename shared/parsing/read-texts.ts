import { isObject } from './member-of.ts';
import { isAbsentValue, listUnreadableFields, type ParsedSection } from './read-section.ts';
import { isOptionalText } from './text.ts';

/** A section in which every value is a text. A number is read as text. */
export type TextSection = Readonly<Record<string, string | null | undefined>>;

/**
 * Reads a section of texts. Values of another type are left out, and `unreadable` lists their names. A zod schema would
 * be too slow here, because a body of 1 MiB can hold 100,000 fields.
 */
export function readTextSection(name: string, raw: unknown): ParsedSection<TextSection> {
  if (isAbsentValue(raw)) return { data: {}, unreadable: [] };
  if (!isObject(raw)) return { data: {}, unreadable: [name] };
  const texts: [string, string | null | undefined][] = [];
  const bad: string[] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (isOptionalText(value)) texts.push([key, typeof value === 'number' ? String(value) : value]);
    else bad.push(key);
  }
  return { data: Object.fromEntries(texts), unreadable: listUnreadableFields(name, bad) };
}
