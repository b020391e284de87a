import { createFetcherDependencies } from '../../shared/evidence/aws-dependencies.ts';
import { fetchEvidence } from '../../shared/evidence/fetch-evidence.ts';
import { idnow } from '../../shared/providers/idnow/provider.ts';

export const handler = fetchEvidence(createFetcherDependencies(idnow, process.env));
