/** A date format that begins with the day. Some providers use it beside ISO 8601. */
export type DayFirstDateFormat = 'DD.MM.YYYY' | 'DD/MM/YYYY';

const dayFirstPatterns = {
  'DD.MM.YYYY': /^(?<day>\d{2})\.(?<month>\d{2})\.(?<year>\d{4})$/,
  'DD/MM/YYYY': /^(?<day>\d{2})\/(?<month>\d{2})\/(?<year>\d{4})$/,
} as const satisfies Record<DayFirstDateFormat, RegExp>;

/**
 * Reads a calendar date, and returns it as `YYYY-MM-DD`. White space around the date is ignored. ISO 8601 is always
 * accepted. A date that begins with the day is accepted only in the given format, because `03/04/2026` alone does not say
 * which number is the day.
 *
 * @returns null if the text has another format, or the day does not exist
 * @example parseDate('11.07.1984', 'DD.MM.YYYY') // '1984-07-11'
 */
export function parseDate(value: string | null | undefined, dayFirst?: DayFirstDateFormat): string | null {
  const text = value?.trim() ?? '';
  const { day, month, year } = (dayFirst && dayFirstPatterns[dayFirst].exec(text)?.groups) ?? {};
  const date = year === undefined ? text : `${year}-${month}-${day}`;
  return isCalendarDate(date) ? date : null;
}

function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  // `Date` reads 30 February as 1 March. So the text is a calendar date only if `Date` prints the same text.
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
