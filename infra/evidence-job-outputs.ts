import type { ProviderName } from '../shared/contract/transition.ts';

/** Returns the names of the stack outputs with a provider's queue URLs, such as `IdnowEvidenceJobsQueueUrl`. */
export function evidenceJobOutputs(provider: ProviderName) {
  const prefix = `${provider.charAt(0).toUpperCase()}${provider.slice(1)}EvidenceJobs`;
  return { queueUrl: `${prefix}QueueUrl`, deadLetterQueueUrl: `${prefix}DeadLetterQueueUrl` } as const;
}
