import { hours, type LookupTimes } from '../../contract/lookup-times.ts';

/**
 * A Datakeen session expires after an hour. If its user has finished it by then, its result exists. Datakeen may need
 * some time for the result, so the session is looked up once more after a day.
 */
export const datakeenLookupTimes: LookupTimes = [hours(1), hours(24)];
