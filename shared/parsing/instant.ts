/**
 * The project's one form of an instant: ISO 8601 in UTC, `2026-11-22T10:14:58Z`, milliseconds only where they
 * are not zero, so that equal instants are equal text.
 */
export function instant(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

// Date and time with `T`, seconds and their fraction optional, the zone `Z`, `+02:00`, `+0200`, `+02` or none.
const pattern =
  /^(?<date>\d{4}-\d{2}-\d{2})T(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?<zone>Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * Reads an ISO 8601 date and time as an instant. One without zone is UTC (both IDnow's parameter table and
 * ID360's reports print such times). Null where it is anything else, a day that the calendar lacks, or a year
 * outside 0000 to 9999.
 *
 * @example parseInstant('2023-08-27T10:57:31+02:00') // '2023-08-27T08:57:31Z'
 */
export function parseInstant(text: string): string | null {
  const { date, hour, minute, second, fraction, zone } = pattern.exec(text)?.groups ?? {};
  if (date === undefined || !isCalendarDate(date)) return null;
  // Date reads 24:00 as the next day: only the hours of a clock are taken.
  if (Number(hour) > 23) return null;
  const milliseconds = (fraction ?? '').slice(0, 3).padEnd(3, '0');
  const utc = new Date(`${date}T${hour}:${minute}:${second ?? '00'}.${milliseconds}Z`).getTime();
  const moved = new Date(utc - offsetMinutes(zone) * 60_000);
  const inRange = !Number.isNaN(moved.getTime()) && /^\d{4}-/.test(moved.toISOString());
  return inRange ? instant(moved) : null;
}

/** Whether the text is a day of the calendar, as `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  // Date rolls 30 February over into March, so the day must come back as it went in.
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** NaN where the zone is not one. */
function offsetMinutes(zone = 'Z'): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (hours * 60 + minutes) * (zone.startsWith('-') ? -1 : 1);
}
