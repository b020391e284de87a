import type { ProviderName } from '../shared/contract/provider-name.ts';
import { capitalized } from './capitalized.ts';

/** Returns the names of the stack outputs with a provider's queue URLs, such as `IdnowEvidenceJobsQueueUrl`. */
export function evidenceJobOutputs(provider: ProviderName) {
  const prefix = `${capitalized(provider)}EvidenceJobs`;
  return { queueUrl: `${prefix}QueueUrl`, deadLetterQueueUrl: `${prefix}DeadLetterQueueUrl` } as const;
}
