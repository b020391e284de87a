import type { Message } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createHandler } from '../../docs/events/examples/lambda-consumer.ts';
import { processInOrder } from '../../docs/events/examples/process-in-order.ts';
import { makeEvent } from '../support/make-event.ts';

/** One event in a batch, and whether processing it fails. */
interface Planned {
  readonly group: string;
  readonly sequence: number;
  readonly fails: boolean;
}

interface Outcome {
  /** The events that were processed, in order. */
  readonly processed: Planned[];
  /** The events that SQS does not delete. */
  readonly kept: Planned[];
}

type Run = (batch: readonly Planned[]) => Promise<Outcome>;

const keyOf = ({ group, sequence }: Pick<Planned, 'group' | 'sequence'>) => `${group}#${sequence}`;

async function runPolling(batch: readonly Planned[]): Promise<Outcome> {
  const processed: Planned[] = [];
  const messages: Message[] = batch.map((each) => ({
    MessageId: keyOf(each),
    Attributes: { MessageGroupId: each.group },
  }));
  const deleted = await processInOrder(messages, async ({ MessageId }) => {
    const planned = batch.find((each) => keyOf(each) === MessageId);
    if (planned === undefined || planned.fails) throw new Error('a planned failure');
    processed.push(planned);
  });
  const isDeleted = new Set(deleted.map(({ MessageId }) => MessageId));
  return { processed, kept: batch.filter((each) => !isDeleted.has(keyOf(each))) };
}

async function runLambda(batch: readonly Planned[]): Promise<Outcome> {
  const processed: Planned[] = [];
  const handler = createHandler(async ({ subject, data }) => {
    const planned = batch.find(({ group, sequence }) => group === subject && sequence === data.sequence);
    if (planned === undefined || planned.fails) throw new Error('a planned failure');
    processed.push(planned);
    return 'applied';
  });
  try {
    const { batchItemFailures } = await handler({ Records: batch.map(recordOf) });
    const isKept = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    return { processed, kept: batch.filter((each) => isKept.has(keyOf(each))) };
  } catch {
    // Lambda deletes no message of a failed invocation.
    return { processed, kept: [...batch] };
  }
}

function recordOf(planned: Planned): SQSRecord {
  const { group, sequence } = planned;
  return {
    messageId: keyOf(planned),
    receiptHandle: 'r',
    body: JSON.stringify(makeEvent(group, sequence)),
    attributes: {
      MessageGroupId: group,
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 's',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:events.fifo',
    awsRegion: 'eu-west-1',
  };
}

/** A batch as SQS delivers it: at most ten messages, in order within each group. */
const batches = fc
  .array(fc.record({ group: fc.constantFrom('a', 'b', 'c'), fails: fc.boolean() }), {
    minLength: 1,
    maxLength: 10,
  })
  .map((drawn) =>
    drawn.map((each, index) => ({
      ...each,
      sequence: drawn.slice(0, index + 1).filter(({ group }) => group === each.group).length,
    })),
  );

beforeAll(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterAll(() => void vi.restoreAllMocks());

describe.each<{ consumer: string; run: Run }>([
  { consumer: 'the sqs-consumer example', run: runPolling },
  { consumer: 'the Lambda example', run: runLambda },
])('$consumer, with several events of a verification in one batch', ({ run }) => {
  test('stops at the first failure of a verification, and processes the other verifications completely', async () => {
    await fc.assert(
      fc.asyncProperty(batches, async (batch) => {
        const { processed, kept } = await run(batch);

        const expected = batch.filter(
          ({ group, sequence }) =>
            !batch.some((other) => other.group === group && other.sequence <= sequence && other.fails),
        );
        expect(processed).toEqual(expected);
        expect(kept).toEqual(batch.filter((each) => !expected.includes(each)));
      }),
    );
  });
});
