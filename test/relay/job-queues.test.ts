import { expect, test } from 'vitest';
import { providerNames } from '../../shared/contract/transition.ts';
import { jobQueues } from '../../shared/relay/job-queues.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';
import { jobOf, recordOf, relayUnderTest } from './relay-fixture.ts';

/** A queue that keeps what it is sent. */
function queue() {
  const sent: (string | undefined)[] = [];
  return {
    sent,
    async send(entries: readonly { MessageBody?: string | undefined }[]) {
      sent.push(...entries.map(({ MessageBody: body }) => body));
      return new Set<number>();
    },
  };
}

test('each provider’s jobs go to the provider’s own queue', async () => {
  // Prepare
  const queues = { idnow: queue(), id360: queue(), datakeen: queue() };
  const jobs = jobQueues(queues, recordedTelemetry());

  // Act
  for (const provider of providerNames) await jobs(provider).send([{ MessageBody: `job of ${provider}` }]);

  // Assess
  for (const provider of providerNames) expect(queues[provider].sent).toEqual([`job of ${provider}`]);
});

test('jobs of a provider without a queue are counted and logged, and are not sent again', async () => {
  // Prepare
  const telemetry = recordedTelemetry();
  const own = queue();
  const jobs = jobQueues({ idnow: own }, telemetry);

  // Act
  const unsent = await jobs('id360').send([{ MessageBody: '1' }, { MessageBody: '2' }]);

  // Assess
  expect(unsent.size).toBe(0);
  expect(own.sent).toEqual([]);
  expect(telemetry.counts).toEqual({ JobsWithoutQueue: 2 });
  expect(telemetry.lines).toEqual([['error', 'evidence jobs have no queue', { provider: 'id360', jobs: 2 }]]);
});

test('the relay sends the job of a write to the queue of the verification’s provider', async () => {
  // Prepare
  const { relay, jobs, jobQueues: asked } = relayUnderTest();

  // Act
  const failed = await relay([recordOf('a', 1, { jobs: [jobOf('a', 1)] })]);

  // Assess
  expect(failed).toEqual([]);
  expect(jobs).toEqual(['a#1']);
  expect([...asked]).toEqual(['idnow']);
});
