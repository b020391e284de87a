import { createLookupDependencies } from '../../shared/lookups/aws-dependencies.ts';
import { requestLookups } from '../../shared/lookups/request-lookups.ts';
import { datakeenLookupTimes } from '../../shared/providers/datakeen/lookup-times.ts';

export const handler = requestLookups(datakeenLookupTimes, createLookupDependencies('datakeen', process.env));
