import { once } from 'node:events';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFanOut } from '../../docs/events/examples/fan-out.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { consumer } from '../support/event-consumer.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

async function createCopy(name: string): Promise<string> {
  const Attributes = { FifoQueue: 'true' };
  const { QueueUrl = '' } = await sut.sqs.send(
    new CreateQueueCommand({ QueueName: `${name}.fifo`, Attributes }),
  );
  return QueueUrl;
}

test('the example fan-out gives each of two consumers all events of each case, in order', async () => {
  // Prepare
  const names = ['a', 'b', 'c'];
  const copies = await Promise.all(['first', 'second'].map(createCopy));
  const queueUrl = sut.system.stack.outputs.EventsQueueUrl ?? '';
  const fanOut = createFanOut({ sqs: sut.sqs, queueUrl, copies });
  for (const transactionNumber of names) {
    const ident = (state: 'START' | 'CHECK_PENDING' | 'SUCCESS', minute: number) =>
      makeIdent({ companyId, transactionNumber, state, time: new Date(Date.UTC(2026, 10, 22, 10, minute)) });
    sut.simulator.put(ident('SUCCESS', 9));
    for (const body of [ident('START', 0), ident('CHECK_PENDING', 5), ident('SUCCESS', 9)])
      await sut.post(body);
  }

  // Act
  fanOut.start();
  const readers = copies.map((copy) => consumer(sut.sqs, copy));
  const received = await Promise.all(
    readers.flatMap((reader) => names.map((name) => reader.receive(`idnow:${companyId}:${name}`, 4))),
  );
  const stopped = once(fanOut, 'stopped');
  fanOut.stop({ abort: true });
  await stopped;

  // Assess
  for (const events of received) expect(events.map(({ data }) => data.sequence)).toEqual([1, 2, 3, 4]);
  for (const { messages } of readers) {
    expect(messages.map(({ MessageAttributes }) => MessageAttributes?.provider?.StringValue)).toEqual(
      Array.from({ length: 12 }, () => 'idnow'),
    );
  }
  const left = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] });
  expect((await sut.sqs.send(left)).Attributes?.ApproximateNumberOfMessages).toBe('0');
  for (const reader of readers) reader.stop();
});
