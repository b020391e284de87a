import type { ProviderName } from '../shared/contract/provider-name.ts';
import { capitalized } from './capitalized.ts';

/** Names of the stack outputs that hold a provider's queue URLs: `IdnowEvidenceJobsQueueUrl`. */
export function evidenceJobOutputs(provider: ProviderName) {
  const prefix = `${capitalized(provider)}EvidenceJobs`;
  return { queueUrl: `${prefix}QueueUrl`, deadLetterQueueUrl: `${prefix}DeadLetterQueueUrl` } as const;
}
