import { isObject } from './member-of.ts';
import { type Section, unreadableKeys } from './read-section.ts';
import { isText } from './text.ts';

/** A section of no more than names and texts; numbers are read as text. */
export type Texts = Readonly<Record<string, string | null | undefined>>;

/** What is no text is left out and named. No schema: a body of 1 MiB can hold 100,000 members. */
export function readTexts(name: string, raw: unknown): Section<Texts> {
  if (raw === undefined || raw === null || raw === '') return { data: {}, unreadable: [] };
  if (!isObject(raw)) return { data: {}, unreadable: [name] };
  const texts: [string, string | null | undefined][] = [];
  const bad: string[] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (isText(value)) texts.push([key, typeof value === 'number' ? String(value) : value]);
    else bad.push(key);
  }
  return { data: Object.fromEntries(texts), unreadable: unreadableKeys(name, bad) };
}
