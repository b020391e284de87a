import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import type { ProviderName } from '../../contract/provider-name.ts';
import type { JobQueues } from '../stack/operated-stack.ts';
import { moveMessage, receiveMessages, releaseMessages } from './move-messages.ts';
import { countCauses, type RedriveSource } from './redrive-source.ts';

/** How long nobody else receives a dead letter. A run that is interrupted leaves them hidden for this time. */
const holdSeconds = 15 * 60;

/** The cause of a dead letter without the attribute `reason`: each try ended its function, so SQS has moved the message. */
const noReason = 'no-reason';

/**
 * Receives all dead letters of a provider's jobs, because only a received message tells its reason. The caller must release
 * them.
 *
 * @param onProgress called with the number of dead letters received so far
 */
export async function holdDeadJobs(
  sqs: SQSClient,
  provider: ProviderName,
  { queueUrl, deadLetterQueueUrl }: JobQueues,
  onProgress: (received: number) => void,
): Promise<RedriveSource> {
  const held = new Map<string, Message>();
  const release = () => releaseMessages(sqs, deadLetterQueueUrl, [...held.values()]);
  try {
    for (;;) {
      const messages = await receiveMessages(sqs, deadLetterQueueUrl, holdSeconds);
      if (messages.length === 0) break;
      for (const message of messages) held.set(message.MessageId ?? '', message);
      onProgress(held.size);
    }
  } catch (error) {
    await release();
    throw error;
  }
  return {
    name: `dead letters of ${provider}`,
    counts: countCauses([...held.values()].map(causeOf)),
    async move({ cause, most, signal }) {
      const chosen = [...held].filter(([, message]) => cause === undefined || causeOf(message) === cause);
      let moved = 0;
      for (const [id, message] of chosen.slice(0, most)) {
        signal.throwIfAborted();
        await moveMessage(sqs, { from: deadLetterQueueUrl, to: queueUrl }, message);
        held.delete(id);
        moved += 1;
      }
      return moved;
    },
    release,
  };
}

const causeOf = ({ MessageAttributes }: Message) => MessageAttributes?.reason?.StringValue ?? noReason;
