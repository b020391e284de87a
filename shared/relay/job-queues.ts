import type { ProviderName } from '../contract/provider-name.ts';
import type { QueueSender } from './queue-sender.ts';

/** Gives the queue of a provider's evidence jobs. */
export type JobQueues = (provider: ProviderName) => QueueSender;

/** @param senders by provider; a provider that is not in the stage has none */
export function jobQueues(senders: Readonly<Record<ProviderName, QueueSender>>): JobQueues {
  const byProvider = new Map(Object.entries(senders));
  return (provider) => byProvider.get(provider) ?? noQueue(provider);
}

/**
 * Refuses every job, so that it is parked: the stage has dropped the provider while its verifications were still
 * written. Another try would fail in the same way.
 */
function noQueue(provider: ProviderName): QueueSender {
  const detail = `the stage has no section ${provider}: add it, deploy, and send the parked job to its queue`;
  return {
    queueUrl: '',
    send: async (messages) =>
      messages.map(() => ({ kind: 'refused', refusal: { code: 'NoJobQueue', detail } })),
  };
}
