import { fetchingDependencies } from '../shared/evidence/aws-dependencies.ts';
import { fetchEvidence } from '../shared/evidence/fetch-evidence.ts';
import { providers } from '../shared/providers/providers.ts';

export const handler = fetchEvidence(fetchingDependencies(providers, process.env));
