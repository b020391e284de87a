import { expect, test } from 'vitest';
import { makeDelivery } from '../support/deliveries.ts';
import { hint, transition } from '../support/transitions.ts';
import { evidenceOf, invalid, jobsUnderTest, requestedAt, resultWith } from './job-under-test.ts';

const underTest = jobsUnderTest();
/** The delivery of the hint that is repeated. */
const delivery = makeDelivery();
const at = (seconds: number) => new Date(requestedAt + seconds * 1000);

test.each(['archive', 'compare'] as const)(
  'a job (%s) does not call the provider before its `notBefore`',
  async (purpose) => {
    // Prepare
    const job = await underTest();
    let calls = 0;
    job.result = {
      async fetchResult() {
        calls++;
        return 'a result';
      },
    };
    await job.receive();
    job.store.objects.clear();
    calls = 0;
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

test('a repeated hint whose evidence always fails requests two jobs at once, and then one per minute', async () => {
  // Prepare
  const job = await underTest();
  job.result = resultWith(null, evidenceOf({ 'session.pdf': invalid }));
  const repeated = transition('WEBHOOK', {
    verificationId: job.verificationId,
    origin: hint,
    fingerprint: 'a hint',
  });
  const notBefore: (string | null)[] = [];
  // Act: let the provider repeat the hint after each failure.
  for (const seconds of [1, 2, 3]) {
    job.clock.now = at(seconds);
    await job.deliver(repeated, at(seconds).toISOString(), delivery);
    const [requested] = (await job.state()).jobs;
    notBefore.push(requested?.notBefore ?? null);
    await job.receive({ message: JSON.stringify({ ...requested, notBefore: null }) });
  }
  // Assess
  expect(notBefore).toEqual([null, null, at(61).toISOString().replace('.000Z', 'Z')]);
});

test('a new hint does not wait, even if repeated hints of its case have to', async () => {
  // Prepare: use all lookups for repeated hints that this minute allows.
  const job = await underTest();
  job.result = { fetchResult: async () => 'a result' };
  await job.receive();
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
