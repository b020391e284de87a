/**
 * ID360 keeps a report for 7 days. Jobs end after 6 days, so that people have one day to react before the report is
 * deleted.
 */
export const id360DeadlineSeconds = 6 * 24 * 3600;
