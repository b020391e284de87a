import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { VerificationEvent } from '../../shared/contract/verification-event.ts';

/** Many cases may wait at the same time: one loop reads the queue for all of them. */
export interface EventConsumer {
  /** Waits until `count` events of a verification are there, or the time is over. Answers them in the order of the queue. */
  receive(verificationId: string, count: number, timeoutMs?: number): Promise<VerificationEvent[]>;
  /** Waits until the events of a verification are enough, or the time is over. Answers them in the order of the queue. */
  receiveUntil(
    verificationId: string,
    isEnough: (events: readonly VerificationEvent[]) => boolean,
    timeoutMs?: number,
  ): Promise<VerificationEvent[]>;
  /** The messages of all events received so far, as SQS gave them. */
  readonly messages: readonly Message[];
  /** Ends a read that is under way. */
  stop(): void;
}

interface Waiter {
  readonly isServed: () => boolean;
  readonly done: PromiseWithResolvers<void>;
}

/** A consumer of the events queue that keeps what it has seen of every verification. */
export function consumer(sqs: SQSClient, queueUrl: string): EventConsumer {
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
    timeoutMs = 30_000,
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
