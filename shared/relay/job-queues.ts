import type { ProviderName } from '../contract/transition.ts';
import { IdvError } from '../platform/errors.ts';
import type { Telemetry } from '../platform/telemetry.ts';
import type { QueueSender } from './queue-sender.ts';

/** Gives the queue of a provider's evidence jobs. */
export type JobQueues = (provider: ProviderName) => QueueSender;

class NoJobQueue extends IdvError {
  override readonly name = 'NoJobQueue';
}

/** @param senders by provider; a provider that is not in the stage has none */
export function jobQueues(
  senders: Readonly<Partial<Record<ProviderName, QueueSender>>>,
  telemetry: Telemetry,
): JobQueues {
  return (provider) => senders[provider] ?? noQueue(provider, telemetry);
}

/**
 * The stage has dropped the provider while verifications of it were still written. Sending the jobs again would not
 * help, and would hold up all other records: they count as sent.
 */
function noQueue(provider: ProviderName, telemetry: Telemetry): QueueSender {
  return {
    async send(entries) {
      const error = new NoJobQueue(`the stage has no ${provider}: add its section, or ignore these jobs`);
      telemetry.error('evidence jobs have no queue', error, { provider, jobs: entries.length });
      telemetry.count('JobsWithoutQueue', entries.length);
      return new Set();
    },
  };
}
