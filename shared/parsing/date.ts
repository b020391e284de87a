/** A date format that begins with the day. Some providers use it beside ISO 8601. */
export type DayFirstDateFormat = 'DD.MM.YYYY' | 'DD/MM/YYYY';

/** The time of midnight after a date, if there is one. It may have a time zone. */
const midnight = /(?:[T ]00:00(?::00(?:[.,]0{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?)?/;

/** Makes the pattern of a text that is a date, alone or with the time of midnight. */
const withMidnight = (date: RegExp) => new RegExp(`^${date.source}${midnight.source}$`, 'i');

const isoPattern = withMidnight(/(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})/);

const dayFirstPatterns = {
  'DD.MM.YYYY': withMidnight(/(?<day>\d{2})\.(?<month>\d{2})\.(?<year>\d{4})/),
  'DD/MM/YYYY': withMidnight(/(?<day>\d{2})\/(?<month>\d{2})\/(?<year>\d{4})/),
} as const satisfies Record<DayFirstDateFormat, RegExp>;

/** The longest accepted text. Without a limit, a text with much white space would take long to trim. */
const longestDate = 100;

/**
 * Reads a calendar date, and returns it as `YYYY-MM-DD`. White space around the date is ignored. ISO 8601 is always
 * accepted. A date that begins with the day is accepted only in the given format, because `03/04/2026` alone does not say
 * which number is the day. Every date may have the time of midnight, because many systems write a date in this way.
 *
 * @returns null if the text has another format, or the day does not exist. Also null if the time is not midnight: the
 * date may then belong to another time zone, so nobody knows which day is meant
 * @example parseDate('11.07.1984', 'DD.MM.YYYY') // '1984-07-11'
 * @example parseDate('1984-07-11T00:00:00Z') // '1984-07-11'
 */
export function parseDate(value: string | null | undefined, dayFirst?: DayFirstDateFormat): string | null {
  if (value === null || value === undefined || value.length > longestDate) return null;
  const text = value.trim();
  const found = (dayFirst && dayFirstPatterns[dayFirst].exec(text)) ?? isoPattern.exec(text);
  if (!found?.groups) return null;
  const { year, month, day } = found.groups;
  const date = `${year}-${month}-${day}`;
  return existsInCalendar(date) ? date : null;
}

/** Checks a date in the form `YYYY-MM-DD`. */
function existsInCalendar(text: string): boolean {
  // `Date` reads 30 February as 1 March. So the day exists only if `Date` prints the same text.
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
