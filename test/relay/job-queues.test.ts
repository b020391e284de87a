import { expect, test } from 'vitest';
import { createJobQueueSelector } from '../../shared/relay/job-queues.ts';
import type { QueueSender } from '../../shared/relay/queue-sender.ts';
import { providerNames } from '../support/provider-names.ts';
import { jobOf, recordOf, relayUnderTest } from './relay-fixture.ts';

/** Creates a queue that records its messages. */
function queue() {
  const sent: string[] = [];
  const sender: QueueSender = {
    queueUrl: 'https://sqs.example/jobs',
    async send(messages) {
      sent.push(...messages.map(({ MessageBody: body }) => body));
      return messages.map(() => ({ kind: 'sent' }));
    },
  };
  return { ...sender, sent };
}

test('each provider’s jobs go to the provider’s own queue', async () => {
  // Prepare
  const queues = { idnow: queue(), id360: queue(), datakeen: queue() };
  const jobs = createJobQueueSelector(queues);

  // Act
  for (const provider of providerNames) await jobs(provider).send([{ MessageBody: `job of ${provider}` }]);

  // Assess
  for (const provider of providerNames) expect(queues[provider].sent).toEqual([`job of ${provider}`]);
});

test('jobs of a provider without a queue are permanently refused, so that the relay parks them', async () => {
  // Prepare
  const own = queue();
  const jobs = createJobQueueSelector({ idnow: own });

  // Act
  const outcomes = await jobs('id360').send([{ MessageBody: '1' }, { MessageBody: '2' }]);

  // Assess
  const refused = {
    kind: 'refused',
    refusal: { code: 'NoJobQueue', detail: expect.stringContaining('id360') },
  };
  expect(outcomes).toEqual([refused, refused]);
  expect(own.sent).toEqual([]);
});

test('a provider named `constructor` has no queue, although every JavaScript object has this member', async () => {
  // Act
  const outcomes = await createJobQueueSelector({})('constructor').send([{ MessageBody: '1' }]);

  // Assess
  expect(outcomes).toMatchObject([{ kind: 'refused', refusal: { code: 'NoJobQueue' } }]);
});

test('the relay sends the job of a write to the queue of the verification’s provider', async () => {
  // Prepare
  const { relay, jobs, jobQueues: queuesWithJobs } = relayUnderTest();

  // Act
  const failed = await relay([recordOf('a', 1, { jobs: [jobOf('a', 1)] })]);

  // Assess
  expect(failed).toEqual([]);
  expect(jobs).toEqual(['a#1']);
  expect([...queuesWithJobs]).toEqual(['idnow']);
});
