import { text } from './text.ts';

const genders: ReadonlyMap<string, string> = new Map([
  ['f', 'female'],
  ['m', 'male'],
]);

/** `male`, `female`, or as given, in lower case. */
export function gender(value: string | null | undefined): string | null {
  const word = text(value)?.trim().toLowerCase() ?? null;
  return word === null ? null : (genders.get(word) ?? word);
}
