import { isObject } from './member-of.ts';
import { isAbsent, type Section, unreadableKeys } from './read-section.ts';
import { isOptionalText } from './text.ts';

/** A section that contains only names and texts. Numbers are read as text. */
export type Texts = Readonly<Record<string, string | null | undefined>>;

/**
 * Reads a section of texts. Values of another type are left out, and their names are returned. No zod schema is used,
 * because a body of 1 MiB can hold 100,000 members.
 */
export function readTexts(name: string, raw: unknown): Section<Texts> {
  if (isAbsent(raw)) return { data: {}, unreadable: [] };
  if (!isObject(raw)) return { data: {}, unreadable: [name] };
  const texts: [string, string | null | undefined][] = [];
  const bad: string[] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (isOptionalText(value)) texts.push([key, typeof value === 'number' ? String(value) : value]);
    else bad.push(key);
  }
  return { data: Object.fromEntries(texts), unreadable: unreadableKeys(name, bad) };
}
