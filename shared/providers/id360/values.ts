import { isCalendarDate } from '../../contract/instant.ts';
import { text } from '../text.ts';

/** `YYYY-MM-DD`, also from `dd/mm/yyyy`; null where it is anything else: a date is never guessed from parts. */
export function isoDate(value: string | null | undefined): string | null {
  const given = value?.trim() ?? '';
  const date = given.replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1');
  return isCalendarDate(date) ? date : null;
}

const genders: ReadonlyMap<string, string> = new Map([
  ['f', 'female'],
  ['m', 'male'],
]);

/** `male`, `female`, or as given, in lower case. */
export function gender(value: string | null | undefined): string | null {
  const word = text(value)?.trim().toLowerCase() ?? null;
  return word === null ? null : (genders.get(word) ?? word);
}
