import type { ProviderName } from '../shared/contract/transition.ts';

/** Names of the stack outputs that hold a provider's queue URLs: `IdnowEvidenceJobsQueueUrl`. */
export function evidenceJobOutputs(provider: ProviderName) {
  const prefix = `${provider.charAt(0).toUpperCase()}${provider.slice(1)}EvidenceJobs`;
  return { queueUrl: `${prefix}QueueUrl`, deadLetterQueueUrl: `${prefix}DeadLetterQueueUrl` } as const;
}
