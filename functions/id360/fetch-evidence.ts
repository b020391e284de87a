import { createFetcherDependencies } from '../../shared/evidence/aws-dependencies.ts';
import { fetchEvidence } from '../../shared/evidence/fetch-evidence.ts';
import { id360 } from '../../shared/providers/id360/provider.ts';

export const handler = fetchEvidence(createFetcherDependencies(id360, process.env));
