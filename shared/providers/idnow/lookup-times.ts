import { everyDayUntil, hours, type LookupTimes, minutes } from '../../contract/lookup-times.ts';

/** IDnow keeps an ident for 90 days. Most users finish within minutes, so the first lookups follow soon. */
export const idnowLookupTimes: LookupTimes = [
  minutes(15),
  hours(1),
  hours(4),
  hours(12),
  ...everyDayUntil(90),
];
