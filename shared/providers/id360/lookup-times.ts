import { everyDayUntil, hours, type LookupTimes, minutes } from '../../contract/lookup-times.ts';

/** ID360 gives a report to an application for 7 days. */
export const id360LookupTimes: LookupTimes = [
  minutes(15),
  hours(1),
  hours(4),
  hours(12),
  ...everyDayUntil(7),
];
