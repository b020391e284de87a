import { parseDate } from './date.ts';

/**
 * Writes an instant in the only form that this project uses: ISO 8601 in UTC, such as `2026-11-22T10:14:58Z`.
 * Milliseconds are written only if they are not zero, so that equal instants are equal text.
 */
export function formatInstant(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

// A date and a time with `T` between them. Seconds and their fraction are optional. The zone is `Z`, `+02:00`, `+0200`,
// `+02` or missing.
const pattern =
  /^(?<date>\d{4}-\d{2}-\d{2})T(?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?(?<zone>Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * Reads an ISO 8601 date and time as an instant. White space around the text is ignored. A time without a zone is read as
 * UTC. IDnow's parameter table and ID360's reports contain times without a zone.
 *
 * @returns null if the text has another format, the day does not exist, or the year is outside 0000 to 9999
 * @example parseInstant('2023-08-27T10:57:31+02:00') // '2023-08-27T08:57:31Z'
 */
export function parseInstant(value: string | null | undefined): string | null {
  const { date, hour, minute, second, fraction, zone } = pattern.exec(value?.trim() ?? '')?.groups ?? {};
  if (date === undefined || parseDate(date) === null) return null;
  // Reject 24:00, which no clock shows. `Date` would read it as midnight of the next day.
  if (Number(hour) > 23) return null;
  const milliseconds = (fraction ?? '').slice(0, 3).padEnd(3, '0');
  const local = new Date(`${date}T${hour}:${minute}:${second ?? '00'}.${milliseconds}Z`).getTime();
  const utc = new Date(local - offsetMinutes(zone) * 60_000);
  const isInRange = !Number.isNaN(utc.getTime()) && /^\d{4}-/.test(utc.toISOString());
  return isInRange ? formatInstant(utc) : null;
}

/** Returns the difference of the time zone from UTC in minutes; NaN if no time zone has this difference. */
function offsetMinutes(zone = 'Z'): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (hours * 60 + minutes) * (zone.startsWith('-') ? -1 : 1);
}
