import type { ProviderName } from '../contract/provider-name.ts';
import type { QueueSender } from './queue-sender.ts';

/** Returns the queue of a provider's evidence jobs. */
export type JobQueues = (provider: ProviderName) => QueueSender;

/** @param senders the queue of each provider; a provider that the stage does not configure has no queue */
export function jobQueues(senders: Readonly<Record<ProviderName, QueueSender>>): JobQueues {
  const byProvider = new Map(Object.entries(senders));
  return (provider) => byProvider.get(provider) ?? refusingQueue(provider);
}

/**
 * Creates a queue that refuses each job permanently, so the relay parks the job. The relay uses this queue if a
 * deployment removes a provider while functions still write verifications of the provider.
 */
function refusingQueue(provider: ProviderName): QueueSender {
  const detail = `the stage has no section ${provider}: add it, deploy, and send the parked job to its queue`;
  return {
    queueUrl: '',
    send: async (messages) =>
      messages.map(() => ({ kind: 'refused', refusal: { code: 'NoJobQueue', detail } })),
  };
}
