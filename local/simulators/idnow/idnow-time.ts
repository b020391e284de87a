const TWO_HOURS_MS = 2 * 60 * 60_000;

/**
 * Formats a time as IDnow does: without fractions of a second, and with a time zone offset instead of Z. The offset is
 * always +02:00, as in most of IDnow's samples, so a test fails if the receiver ignores the offset.
 *
 * @example
 * formatIdnowTime(new Date('2023-08-27T08:57:31Z')) // '2023-08-27T10:57:31+02:00'
 */
export function formatIdnowTime(time: Date): string {
  return `${new Date(time.getTime() + TWO_HOURS_MS).toISOString().slice(0, 19)}+02:00`;
}
