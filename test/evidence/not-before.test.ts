import { expect, test } from 'vitest';
import type { Delivery } from '../../shared/verifications/delivery.ts';
import { hint, transition } from '../support/transitions.ts';
import { evidenceOf, invalid, jobsUnderTest, requestedAt } from './job-under-test.ts';

const underTest = jobsUnderTest();
/** As a provider's webhook is recorded, for what matters here. */
const delivery: Delivery = {
  deliveryId: 'a delivery',
  provider: 'idnow',
  receivedAt: '2026-11-22T12:00:00Z',
  body: { kind: 'object', bucket: 'bucket', key: 'key' },
};
const at = (seconds: number) => new Date(requestedAt + seconds * 1000);

test.each(['archive', 'compare'] as const)(
  'a job (%s) that has to wait asks the provider for nothing before its time, and then does',
  async (purpose) => {
    // Prepare
    const job = await underTest();
    let calls = 0;
    job.fetch = async () => {
      calls++;
      return evidenceOf({ 'session.json': 'abc' });
    };
    await job.receive();
    calls = 0;
    job.compare = async () => {
      calls++;
      return null;
    };
    const message = JSON.stringify({
      ...JSON.parse(job.body),
      purpose,
      sequence: 2,
      notBefore: at(60).toISOString(),
    });
    // Act
    job.clock.now = at(12.5);
    const early = await job.receive({ message });
    const callsEarly = calls;
    job.clock.now = at(60);
    const inTime = await job.receive({ message, receives: 2 });
    // Assess
    expect([early, callsEarly, job.retries]).toEqual([['the-message'], 0, [['the-receipt', 48]]]);
    expect([inTime, calls]).toEqual([[], 1]);
  },
);

test('a hint whose evidence fails each time is asked for twice at once, and then once a minute', async () => {
  // Prepare
  const job = await underTest();
  job.fetch = async () => evidenceOf({ 'session.json': invalid });
  const repeated = transition('WEBHOOK', {
    verificationId: job.verificationId,
    origin: hint,
    fingerprint: 'a hint',
  });
  const begins: (string | null)[] = [];
  // Act: each failure lets the hint be sent again.
  for (const seconds of [1, 2, 3]) {
    job.clock.now = at(seconds);
    await job.deliver(repeated, at(seconds).toISOString(), delivery);
    const [asked] = (await job.state()).jobs;
    begins.push(asked.notBefore);
    await job.receive({ message: JSON.stringify({ ...asked, notBefore: null }) });
  }
  // Assess
  expect(begins).toEqual([null, null, at(61).toISOString().replace('.000Z', 'Z')]);
});

test('another hint of the same case does not wait for the ones that are repeated', async () => {
  // Prepare: comparisons have used up the pace.
  const job = await underTest();
  job.fetch = async () => evidenceOf({ 'session.json': 'abc' });
  await job.receive();
  job.compare = async () => null;
  for (const receives of [1, 2, 3]) await job.receive({ message: job.toCompare, receives });
  // Act
  const analyst = transition('WEBHOOK', {
    verificationId: job.verificationId,
    origin: hint,
    fingerprint: 'user_rejected',
  });
  await job.deliver(analyst, at(2).toISOString(), delivery);
  // Assess
  expect((await job.state()).jobs).toMatchObject([{ purpose: 'archive', notBefore: null }]);
});
