import type { ProviderName } from '../contract/provider-name.ts';
import type { QueueSender } from './queue-sender.ts';

/** Returns the queue for the evidence jobs of a provider. */
export type JobQueueSelector = (provider: ProviderName) => QueueSender;

/** @param senders the job queue of each provider. Only providers in the stage have a queue */
export function createJobQueueSelector(
  senders: Readonly<Record<ProviderName, QueueSender>>,
): JobQueueSelector {
  const byProvider = new Map(Object.entries(senders));
  return (provider) => byProvider.get(provider) ?? refusingQueue(provider);
}

/**
 * Creates a queue that refuses each job permanently, so that the relay parks the job. The relay uses this queue if a
 * provider was removed from the stage, but its functions still write verifications during the deployment.
 */
function refusingQueue(provider: ProviderName): QueueSender {
  const detail = `the stage has no section ${provider}: add it, deploy, and send the parked job to its queue`;
  return {
    queueUrl: '',
    send: async (messages) =>
      messages.map(() => ({ kind: 'refused', refusal: { code: 'NoJobQueue', detail } })),
  };
}
