import { getJsonMember } from '../../parsing/member-of.ts';

/** Some members of a section as text. A member is absent if it is blank, or no text. */
export type Texts<Key extends string> = { readonly [key in Key]?: string };

/** Checks whether a value is text. A number counts, because ID360 may send a zip code or a document number as a number. */
export function isText(value: unknown): value is string | number {
  return typeof value === 'string' || Number.isFinite(value);
}

/** Returns a value as text without white space around it. @returns null if the value is blank, or no text */
export function parseText(value: unknown): string | null {
  const text = isText(value) ? String(value).trim() : '';
  return text === '' ? null : text;
}

/** Reads the members of a section that have these names. Members with other names are ignored. */
export function pickTexts<Key extends string>(section: unknown, keys: readonly Key[]): Texts<Key> {
  const texts = keys.flatMap((key) => {
    const text = parseText(getJsonMember(section, key));
    return text === null ? [] : [[key, text] as const];
  });
  // The cast is safe: every key is one of `keys`, but TypeScript cannot infer this from `fromEntries`.
  return Object.fromEntries(texts) as Texts<Key>;
}
