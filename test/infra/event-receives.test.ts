import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { synthesizeForTest } from './synthesized.ts';

const hour = 3600;
const EventsQueue = z.object({
  VisibilityTimeout: z.number(),
  RedrivePolicy: z.object({ maxReceiveCount: z.number() }),
});
type EventsQueue = z.infer<typeof EventsQueue>;

/**
 * Returns the minimum time in seconds between the first and the last delivery of an event that no consumer processes.
 * SQS delivers it at once, and then again after each visibility timeout. The delivery after `maxReceiveCount` goes to the
 * dead-letter queue.
 */
function secondsUntilLastDelivery({ VisibilityTimeout, RedrivePolicy }: EventsQueue): number {
  return (RedrivePolicy.maxReceiveCount - 1) * VisibilityTimeout;
}

function eventsQueue(): EventsQueue {
  const queues = Object.values(synthesizeForTest().template.findResources('AWS::SQS::Queue'));
  const events = queues.find(({ Properties: { QueueName: name } }) =>
    String(name).endsWith('-verification-events.fifo'),
  );
  return EventsQueue.parse(events?.Properties);
}

test('a consumer that fails for one hour gets each event at least once more after the hour', () => {
  expect(secondsUntilLastDelivery(eventsQueue())).toBeGreaterThanOrEqual(hour);
});

test.each([
  { VisibilityTimeout: 60, RedrivePolicy: { maxReceiveCount: 10 }, minutes: 9 },
  { VisibilityTimeout: 60, RedrivePolicy: { maxReceiveCount: 60 }, minutes: 59 },
  { VisibilityTimeout: 180, RedrivePolicy: { maxReceiveCount: 20 }, minutes: 57 },
])('the calculation finds settings that last only $minutes minutes', ({ minutes, ...settings }) => {
  expect(secondsUntilLastDelivery(settings)).toBe(minutes * 60);
  expect(secondsUntilLastDelivery(settings)).toBeLessThan(hour);
});

test('docs/events/consumers.md states the same calculation', async () => {
  const { VisibilityTimeout, RedrivePolicy } = eventsQueue();
  const text = await readFile(new URL('../../docs/events/consumers.md', import.meta.url), 'utf8');

  const stated = /\((\d+) − 1\) × (\d+) minutes = (\d+) minutes/.exec(text);

  const seconds = secondsUntilLastDelivery({ VisibilityTimeout, RedrivePolicy });
  const expected = [RedrivePolicy.maxReceiveCount, VisibilityTimeout / 60, seconds / 60];
  expect(stated?.slice(1).map(Number)).toEqual(expected);
});
