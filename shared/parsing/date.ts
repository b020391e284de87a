/** A format in which a provider writes dates beside ISO 8601. */
export type DayFirstFormat = 'DD.MM.YYYY' | 'DD/MM/YYYY';

const dayFirstPatterns = {
  'DD.MM.YYYY': /^(?<day>\d{2})\.(?<month>\d{2})\.(?<year>\d{4})$/,
  'DD/MM/YYYY': /^(?<day>\d{2})\/(?<month>\d{2})\/(?<year>\d{4})$/,
} as const satisfies Record<DayFirstFormat, RegExp>;

/**
 * Reads a calendar date as `YYYY-MM-DD`. White space around the date is ignored. ISO 8601 is always accepted; the
 * day-first format only if it is given, because `03/04/2026` does not say which number is the day.
 *
 * @returns null if the text has another format, or names a day that the calendar lacks
 * @example parseDate('11.07.1984', 'DD.MM.YYYY') // '1984-07-11'
 */
export function parseDate(value: string | null | undefined, dayFirst?: DayFirstFormat): string | null {
  const text = value?.trim() ?? '';
  const { day, month, year } = (dayFirst && dayFirstPatterns[dayFirst].exec(text)?.groups) ?? {};
  const date = year === undefined ? text : `${year}-${month}-${day}`;
  return isCalendarDate(date) ? date : null;
}

function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  // Date turns 30 February into 1 March, so compare what it makes of the text with the text.
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
