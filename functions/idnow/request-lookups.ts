import { createLookupDependencies } from '../../shared/lookups/aws-dependencies.ts';
import { requestLookups } from '../../shared/lookups/request-lookups.ts';
import { idnowLookupTimes } from '../../shared/providers/idnow/lookup-times.ts';

export const handler = requestLookups(idnowLookupTimes, createLookupDependencies('idnow', process.env));
