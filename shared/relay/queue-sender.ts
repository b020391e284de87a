import {
  type BatchResultErrorEntry,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { IdvError } from '../platform/errors.ts';
import { maxMessageBytes, messageBytes } from '../platform/sqs-size.ts';
import { faultOfCall, isEntryRefusedForGood } from './sqs-faults.ts';

/** The input of SendMessage, but for the queue. */
export type QueueMessage = Omit<SendMessageBatchRequestEntry, 'Id'> & { readonly MessageBody: string };

/** Why no further try of a message can succeed. */
export interface MessageRefusal {
  readonly code: string;
  readonly detail: string;
}

/** `failed`: another try may succeed. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'refused'; readonly refusal: MessageRefusal };

export interface QueueSender {
  readonly queueUrl: string;
  /**
   * Sends at most ten messages, not two of one group.
   *
   * @returns what became of each, in their order
   */
  send(messages: readonly QueueMessage[]): Promise<readonly SendOutcome[]>;
}

/** SQS took the call, but not this entry of it. */
class EntryFailed extends IdvError {
  override readonly name = 'EntryFailed';
}

type Entry = readonly [index: number, message: QueueMessage];
type Answer = readonly [index: number, outcome: SendOutcome];

/** @param onFailure is told of each call and each entry that failed; refused messages are the caller's to tell */
export function sqsQueueSender(
  sqs: SQSClient,
  queueUrl: string,
  onFailure: (error: unknown) => void,
): QueueSender {
  return {
    queueUrl,
    async send(messages) {
      const entries = [...messages.entries()];
      const answers = new Map(await sendBatch(entries.filter(([, message]) => tooLong(message) === null)));
      return messages.map(
        (message, index) => answers.get(index) ?? tooLong(message) ?? ({ kind: 'failed' } as const),
      );
    },
  };

  async function sendBatch(entries: readonly Entry[]): Promise<Answer[]> {
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

  /** One message may have failed the call for all: each gets a call of its own then. */
  async function afterFailedCall(entries: readonly Entry[], error: unknown): Promise<Answer[]> {
    const { code, isRefusal, mayBeCausedByOneMessage } = faultOfCall(error);
    if (entries.length > 1 && mayBeCausedByOneMessage) {
      const answers: Answer[] = [];
      for (const entry of entries) answers.push(...(await sendBatch([entry])));
      return answers;
    }
    if (!isRefusal) onFailure(error);
    const detail = error instanceof Error ? error.message : '';
    const outcome: SendOutcome = isRefusal ? refused(code, detail) : { kind: 'failed' };
    return entries.map(([index]) => [index, outcome]);
  }

  function outcomeOf(error: BatchResultErrorEntry | undefined): SendOutcome {
    if (error === undefined) return { kind: 'sent' };
    if (isEntryRefusedForGood(error)) return refused(error.Code ?? 'unknown', error.Message ?? '');
    onFailure(new EntryFailed(`SQS answered ${error.Code} for an entry; it is sent again`));
    return { kind: 'failed' };
  }
}

function refused(code: string, detail: string): SendOutcome {
  return { kind: 'refused', refusal: { code, detail } };
}

/** Not left to SQS, because a message of more than a batch holds would fail as a call, not as a message. */
function tooLong(message: QueueMessage): SendOutcome | null {
  const bytes = messageBytes(message);
  if (bytes <= maxMessageBytes) return null;
  return refused('MessageTooLong', `${bytes} bytes, but the queue takes ${maxMessageBytes}`);
}
