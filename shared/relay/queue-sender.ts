import {
  type BatchResultErrorEntry,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { IdvError } from '../platform/errors.ts';
import { countSqsMessageBytes, maxSqsMessageBytes } from '../platform/sqs-size.ts';
import { classifySqsCallFailure, isBatchEntryPermanentlyRefused } from './sqs-faults.ts';

/** The input of SQS SendMessage, without the queue's URL. */
export type QueueMessage = Omit<SendMessageBatchRequestEntry, 'Id'> & { readonly MessageBody: string };

/** The reason why a queue refuses a message permanently: no further try can succeed. */
export interface QueueRefusalReason {
  readonly code: string;
  readonly detail: string;
}

/** The result of sending one message. `failed`: another try may succeed. `refused`: no try can succeed. */
export type MessageSendResult =
  | { readonly kind: 'sent' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'refused'; readonly refusal: QueueRefusalReason };

export interface QueueSender {
  readonly queueUrl: string;
  /**
   * Sends at most ten messages, and at most one message per group.
   *
   * @returns the result for each message, in the order of the messages
   */
  send(messages: readonly QueueMessage[]): Promise<readonly MessageSendResult[]>;
}

/** The error to log if SQS accepts a batch, but not one of its entries. */
class EntryFailed extends IdvError {
  override readonly name = 'EntryFailed';
}

type Entry = readonly [index: number, message: QueueMessage];
type EntryOutcome = readonly [index: number, outcome: MessageSendResult];

/**
 * Creates a sender for one SQS queue.
 *
 * @param onFailure receives the error of each failed call and each failed entry, but not of refused messages
 */
export function createSqsQueueSender(
  sqs: SQSClient,
  queueUrl: string,
  onFailure: (error: unknown) => void,
): QueueSender {
  return {
    queueUrl,
    async send(messages) {
      const entries = [...messages.entries()];
      const outcomes = new Map(
        await sendBatch(entries.filter(([, message]) => refusalIfTooLarge(message) === null)),
      );
      return messages.map(
        (message, index) =>
          outcomes.get(index) ?? refusalIfTooLarge(message) ?? ({ kind: 'failed' } as const),
      );
    },
  };

  async function sendBatch(entries: readonly Entry[]): Promise<EntryOutcome[]> {
    if (entries.length === 0) return [];
    try {
      const { Failed: failed = [] } = await sqs.send(
        new SendMessageBatchCommand({
          QueueUrl: queueUrl,
          Entries: entries.map(([index, message]) => ({ ...message, Id: String(index) })),
        }),
      );
      return entries.map(([index]) => [index, outcomeOf(failed.find(({ Id: id }) => id === String(index)))]);
    } catch (error) {
      return afterFailedCall(entries, error);
    }
  }

  /**
   * Handles a call that failed as a whole. If one of several messages may be the cause, it sends each message in its
   * own call.
   */
  async function afterFailedCall(entries: readonly Entry[], error: unknown): Promise<EntryOutcome[]> {
    const { code, isRefusal, mayBeCausedByOneMessage } = classifySqsCallFailure(error);
    if (entries.length > 1 && mayBeCausedByOneMessage) {
      const outcomes: EntryOutcome[] = [];
      for (const entry of entries) outcomes.push(...(await sendBatch([entry])));
      return outcomes;
    }
    if (!isRefusal) onFailure(error);
    const detail = error instanceof Error ? error.message : '';
    const outcome: MessageSendResult = isRefusal ? refused(code, detail) : { kind: 'failed' };
    return entries.map(([index]) => [index, outcome]);
  }

  function outcomeOf(error: BatchResultErrorEntry | undefined): MessageSendResult {
    if (error === undefined) return { kind: 'sent' };
    if (isBatchEntryPermanentlyRefused(error)) return refused(error.Code ?? 'unknown', error.Message ?? '');
    onFailure(new EntryFailed(`SQS answered ${error.Code} for an entry; the relay sends the entry again`));
    return { kind: 'failed' };
  }
}

function refused(code: string, detail: string): MessageSendResult {
  return { kind: 'refused', refusal: { code, detail } };
}

/**
 * Refuses a message that is too large for the queue, without sending it. Otherwise, SQS would refuse the whole batch
 * that contains this message.
 */
function refusalIfTooLarge(message: QueueMessage): MessageSendResult | null {
  const bytes = countSqsMessageBytes(message);
  if (bytes <= maxSqsMessageBytes) return null;
  return refused('MessageTooLong', `${bytes} bytes, but the queue accepts at most ${maxSqsMessageBytes}`);
}
