const TWO_HOURS_MS = 2 * 60 * 60_000;

/**
 * The provider's way to write a time: seconds, and an offset instead of Z. The offset is always +02:00,
 * as in most of its samples; what matters to a receiver is that it is not UTC.
 *
 * @example
 * providerTime(new Date('2023-08-27T08:57:31Z')) // '2023-08-27T10:57:31+02:00'
 */
export function providerTime(time: Date): string {
  return `${new Date(time.getTime() + TWO_HOURS_MS).toISOString().slice(0, 19)}+02:00`;
}
