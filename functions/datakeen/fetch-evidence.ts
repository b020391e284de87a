import { createFetcherDependencies } from '../../shared/evidence/aws-dependencies.ts';
import { fetchEvidence } from '../../shared/evidence/fetch-evidence.ts';
import { datakeen } from '../../shared/providers/datakeen/provider.ts';

export const handler = fetchEvidence(createFetcherDependencies(datakeen, process.env));
