import { createLookupDependencies } from '../../shared/lookups/aws-dependencies.ts';
import { requestLookups } from '../../shared/lookups/request-lookups.ts';
import { id360LookupTimes } from '../../shared/providers/id360/lookup-times.ts';

export const handler = requestLookups(id360LookupTimes, createLookupDependencies('id360', process.env));
