import {
  CreateQueueCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emulatorCredentials, localRegion } from '../../local/stack/aws-account.ts';
import { CleanupList } from '../../local/stack/cleanup.ts';
import { startSqsAndS3Emulator } from '../../local/stack/emulators/sqs-and-s3-emulator.ts';
import { deleteMessagesOfCase, type MessageFate } from '../../shared/operations/erasure/erase-queue.ts';

const cleanup = new CleanupList();
let sqs: SQSClient;
beforeAll(async () => {
  const endpoint = await startSqsAndS3Emulator(cleanup);
  sqs = new SQSClient({ endpoint, region: localRegion, credentials: emulatorCredentials });
  cleanup.add(() => sqs.destroy());
});
afterAll(() => cleanup.run());

/** Creates a queue with messages, each as `{case} {number}`. */
async function queueOf(name: string, bodies: readonly string[]): Promise<string> {
  const isFifo = name.endsWith('.fifo');
  const Attributes = isFifo ? { FifoQueue: 'true' } : {};
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  for (const body of bodies) {
    const fifo = { MessageGroupId: body.split(' ')[0], MessageDeduplicationId: body };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body, ...(isFifo ? fifo : {}) }));
  }
  return QueueUrl;
}

const fateOf = ({ Body = '' }: Message): MessageFate => {
  if (!Body.startsWith('own ')) return 'other';
  return Body === 'own last' ? 'keep' : 'delete';
};
const search = (queueUrl: string) => deleteMessagesOfCase(sqs, queueUrl, fateOf, 0);

/** Receives and deletes all visible messages, as a consumer does. @returns their bodies, in the order of receipt */
async function consume(QueueUrl: string): Promise<string[]> {
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
    );
    if (Messages.length === 0) return bodies;
    for (const { Body = '', ReceiptHandle } of Messages) {
      bodies.push(Body);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test('only the messages of the case are deleted, and all others are visible at once', async () => {
  // Prepare
  const others = numbers(35).map((number) => `other ${number}`);
  const queueUrl = await queueOf('standard', [...numbers(12).map((number) => `own ${number}`), ...others]);

  // Act
  const searched = await search(queueUrl);

  // Assess
  expect(searched).toEqual({ deleted: 12, foundKept: false, hidden: 0 });
  expect((await consume(queueUrl)).toSorted()).toEqual(others.toSorted());
});

test('in a FIFO queue, all events of the case before the kept one are deleted, and each other case keeps its order', async () => {
  // Prepare
  const own = [...numbers(25), 'last'].map((number) => `own ${number}`);
  const others = numbers(15).flatMap((number) => [`a ${number}`, `b ${number}`]);
  const queueUrl = await queueOf('events.fifo', [...own, ...others]);

  // Act
  const searched = await search(queueUrl);

  // Assess
  expect(searched).toEqual({ deleted: 25, foundKept: true, hidden: 0 });
  const left = await consume(queueUrl);
  const inOrder = (name: string) => left.filter((body) => body.startsWith(`${name} `));
  expect(inOrder('own')).toEqual(['own last']);
  expect(inOrder('a')).toEqual(others.filter((body) => body.startsWith('a ')));
  expect(inOrder('b')).toEqual(others.filter((body) => body.startsWith('b ')));
});

test('messages that somebody processes are counted, because the search cannot find them', async () => {
  // Prepare
  const queueUrl = await queueOf('busy', ['own 1', 'own 2']);
  await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 1, VisibilityTimeout: 60 }),
  );

  // Act
  const searched = await search(queueUrl);

  // Assess
  expect(searched).toEqual({ deleted: 1, foundKept: false, hidden: 1 });
});
