import type { ProviderName } from '../shared/contract/provider-name.ts';
import { capitalizeProviderName } from './capitalized.ts';

/** Returns the names of the stack outputs with a provider's queue URLs, such as `IdnowEvidenceJobsQueueUrl`. */
export function buildEvidenceJobOutputNames(provider: ProviderName) {
  const prefix = `${capitalizeProviderName(provider)}EvidenceJobs`;
  return { queueUrl: `${prefix}QueueUrl`, deadLetterQueueUrl: `${prefix}DeadLetterQueueUrl` } as const;
}
