import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { VerificationEvent } from '../../shared/contract/verification-event.ts';

/** Reads the events queue for tests. Tests that run at the same time share one loop that reads the queue. */
export interface EventConsumer {
  /** Waits for `count` events of a verification, but not longer than the time-out. @returns the events in queue order */
  receive(verificationId: string, count: number, timeoutMs?: number): Promise<VerificationEvent[]>;
  /**
   * Waits until `isEnough` accepts the events of a verification, but not longer than the time-out.
   * @returns the events in queue order
   */
  receiveUntil(
    verificationId: string,
    isEnough: (events: readonly VerificationEvent[]) => boolean,
    timeoutMs?: number,
  ): Promise<VerificationEvent[]>;
  /** The unchanged SQS messages of all events received so far. */
  readonly messages: readonly Message[];
  /** Cancels the running request to the events queue. */
  stop(): void;
}

interface Waiter {
  readonly isServed: () => boolean;
  readonly done: PromiseWithResolvers<void>;
}

/**
 * Creates a consumer of the events queue that remembers all events of each verification.
 *
 * @param patienceMs the default time-out of `receive` and `receiveUntil`
 */
export function consumer(sqs: SQSClient, queueUrl: string, patienceMs = 30_000): EventConsumer {
  const messages: Message[] = [];
  const received = new Map<string, VerificationEvent[]>();
  const waiters = new Set<Waiter>();
  const stopping = new AbortController();
  let isReading = false;

  async function readWhileAnyoneWaits(): Promise<void> {
    if (isReading) return;
    isReading = true;
    try {
      while (waiters.size > 0) {
        await receiveOnce();
        for (const waiter of waiters) {
          if (!waiter.isServed()) continue;
          waiters.delete(waiter);
          waiter.done.resolve();
        }
      }
    } catch (error) {
      for (const { done } of waiters) done.reject(error);
    } finally {
      isReading = false;
    }
  }

  async function receiveOnce(): Promise<void> {
    const { Messages: batch = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
      { abortSignal: stopping.signal },
    );
    for (const message of batch) {
      messages.push(message);
      const event = VerificationEvent.parse(JSON.parse(message.Body ?? ''));
      received.set(event.subject, [...(received.get(event.subject) ?? []), event]);
    }
    if (batch.length === 0) return;
    const Entries = batch.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  }

  async function receiveUntil(
    verificationId: string,
    isEnough: (events: readonly VerificationEvent[]) => boolean,
    timeoutMs = patienceMs,
  ): Promise<VerificationEvent[]> {
    const mine = () => [...(received.get(verificationId) ?? [])];
    const waiter = { isServed: () => isEnough(mine()), done: Promise.withResolvers<void>() };
    if (waiter.isServed()) return mine();
    const timer = setTimeout(waiter.done.resolve, timeoutMs);
    waiters.add(waiter);
    void readWhileAnyoneWaits();
    try {
      await waiter.done.promise;
    } finally {
      clearTimeout(timer);
      waiters.delete(waiter);
    }
    return mine();
  }

  return {
    messages,
    receive: (verificationId, count, timeoutMs) =>
      receiveUntil(verificationId, ({ length }) => length >= count, timeoutMs),
    receiveUntil,
    stop: () => stopping.abort(),
  };
}
