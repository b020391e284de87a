import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MessageInOrderedGroup, sendMessagesInGroupOrder } from '../../shared/relay/send-in-order.ts';

interface Message extends MessageInOrderedGroup {
  readonly number: number;
}

const KiB = 1024;

const messagesIn = (groups: readonly string[], bytes = 100): Message[] =>
  groups.map((group, number) => ({ group, bytes, number }));

async function send(messages: readonly Message[], fails: (message: Message) => boolean = () => false) {
  const batches: Message[][] = [];
  const unsent = await sendMessagesInGroupOrder(messages, async (batch) => {
    batches.push([...batch]);
    return batch.filter(fails);
  });
  const numbers = (list: readonly Message[]) => list.map(({ number }) => number);
  return { batches: batches.map(numbers), unsent: numbers(unsent) };
}

test.each<{ title: string; messages: Message[]; batches: number[][] }>([
  { title: 'no messages cause no call', messages: [], batches: [] },
  {
    title: 'ten messages of ten groups are sent in one call',
    messages: messagesIn([...'abcdefghij']),
    batches: [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  },
  {
    title: 'the eleventh of eleven groups waits for the second call',
    messages: messagesIn([...'abcdefghijk']),
    batches: [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [10]],
  },
  {
    title: 'three messages of one group are sent in three calls',
    messages: messagesIn([...'aaa']),
    batches: [[0], [1], [2]],
  },
  {
    title: 'each call sends the next message of each group',
    messages: messagesIn([...'aabab']),
    batches: [[0, 2], [1, 4], [3]],
  },
  {
    title: 'two messages of 128 KiB fill a call exactly',
    messages: messagesIn([...'abc'], 128 * KiB),
    batches: [[0, 1], [2]],
  },
  {
    title: 'two messages of more than 128 KiB are sent in two calls',
    messages: messagesIn([...'ab'], 128 * KiB).map((message) => ({ ...message, bytes: message.bytes + 1 })),
    batches: [[0], [1]],
  },
  {
    title: 'a message that is too large for any call is sent alone',
    messages: messagesIn(['a'], 300 * KiB),
    batches: [[0]],
  },
  {
    title: 'names of object members such as __proto__ are valid group names',
    messages: messagesIn(['__proto__', 'constructor', '1', '__proto__']),
    batches: expect.any(Array),
  },
])('the messages of each message group are sent in their order: $title', async ({ messages, batches }) => {
  // Act
  const result = await send(messages);

  // Assess
  expect(result.batches).toEqual(batches);
  expect(result.batches.flat().toSorted((a, b) => a - b)).toEqual(messages.map(({ number }) => number));
  expect(result.unsent).toEqual([]);
});

test('sending stops at the first failed message of a message group, and the other groups continue', async () => {
  // Prepare
  const messages = messagesIn([...'ababab']);

  // Act
  const { batches, unsent } = await send(messages, ({ number }) => number === 2);

  // Assess
  expect(batches).toEqual([[0, 1], [2, 3], [5]]);
  expect(unsent).toEqual([2, 4]);
});

test('each call to SQS starts only after the answer to the call before it', async () => {
  // Prepare
  let running = 0;
  let maxRunning = 0;

  // Act
  await sendMessagesInGroupOrder(messagesIn([...'aaabbb']), async () => {
    running += 1;
    maxRunning = Math.max(maxRunning, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return [];
  });

  // Assess
  expect(maxRunning).toBe(1);
});

const someMessages = fc
  .array(
    fc.record({
      group: fc.constantFrom(...'abcdefghijklmno'),
      bytes: fc.integer({ min: 1, max: 256 * KiB }),
    }),
    {
      maxLength: 60,
    },
  )
  .map((list) => list.map((message, number): Message => ({ ...message, number })));

test('each message group is sent in order until its first failure, and the unsent messages are returned', async () => {
  await fc.assert(
    fc.asyncProperty(someMessages, fc.func(fc.boolean()), async (messages, fails) => {
      const sent: Message[] = [];
      const unsent = await sendMessagesInGroupOrder(messages, async (batch) => {
        const failed = batch.filter(({ number }) => fails(number));
        sent.push(...batch.filter((message) => !failed.includes(message)));
        return failed;
      });

      for (const group of new Set(messages.map((message) => message.group))) {
        const inGroup = (list: readonly Message[]) => list.filter((message) => message.group === group);
        expect([...inGroup(sent), ...inGroup(unsent)]).toEqual(inGroup(messages));
        expect(inGroup(sent).some(({ number }) => fails(number))).toBe(false);
        expect(
          inGroup(unsent)
            .slice(0, 1)
            .every(({ number }) => fails(number)),
        ).toBe(true);
      }
      expect(sent.length + unsent.length).toBe(messages.length);
    }),
  );
});

test('no call contains two messages of one group, more than ten messages or more than 256 KiB', async () => {
  await fc.assert(
    fc.asyncProperty(someMessages, async (messages) => {
      await sendMessagesInGroupOrder(messages, async (batch) => {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(10);
        expect(new Set(batch.map(({ group }) => group)).size).toBe(batch.length);
        expect(batch.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(256 * KiB);
        return [];
      });
    }),
  );
});
