import { isCalendarDate } from './instant.ts';

/** `YYYY-MM-DD`; null where it is anything else: a date is never guessed from parts. */
export function isoDate(value: string | null | undefined): string | null {
  const date = value?.trim() ?? '';
  return isCalendarDate(date) ? date : null;
}

/**
 * The same for providers that write the day first, with a separator that they are known to use.
 *
 * @example dayFirstDate('11.07.1984', '.') // '1984-07-11'
 */
export function dayFirstDate(value: string | null | undefined, separator: '/' | '.'): string | null {
  const [, day, month, year] = /^(\d{2})\D(\d{2})\D(\d{4})$/.exec(value?.trim() ?? '') ?? [];
  const dayFirst = [day, month, year].join(separator) === value?.trim();
  return isoDate(dayFirst ? `${year}-${month}-${day}` : value);
}
