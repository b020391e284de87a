import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { IdvError } from '../platform/errors.ts';

/** Sends one batch to one queue, and says which entries failed. */
export interface QueueSender {
  /** @returns indexes of the entries that were not sent; all of them where the call failed */
  send(entries: readonly Omit<SendMessageBatchRequestEntry, 'Id'>[]): Promise<ReadonlySet<number>>;
}

/** SQS took the call, but not this entry of it. */
class EntryRefused extends IdvError {
  override readonly name = 'EntryRefused';
}

/** @param onFailure is told of each call that failed as a whole, and of each entry's error code */
export function sqsQueueSender(
  sqs: SQSClient,
  queueUrl: string,
  onFailure: (error: unknown) => void,
): QueueSender {
  return {
    async send(entries) {
      try {
        const { Failed: failed = [] } = await sqs.send(
          new SendMessageBatchCommand({
            QueueUrl: queueUrl,
            Entries: entries.map((entry, index) => ({ ...entry, Id: String(index) })),
          }),
        );
        for (const { Code: code } of failed) onFailure(new EntryRefused(`SQS answered ${code} for an entry`));
        return new Set(failed.map(({ Id: id }) => Number(id)));
      } catch (error) {
        onFailure(error);
        return new Set(entries.keys());
      }
    },
  };
}
