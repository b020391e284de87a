import { describe, expect, test } from 'vitest';
import { hint, transition } from '../../support/transitions.ts';
import { type JobUnderTest, jobsUnderTest, resultWith, transient } from '../job-under-test.ts';

const underTest = jobsUnderTest();
const earlier = '20261122T115959Z';

/** Checks that a job has not changed the verification since `before`, and has published nothing. */
async function expectUnchanged(job: JobUnderTest, { version }: { readonly version: string }) {
  expect((await job.state()).version).toBe(version);
}

describe('a job of an earlier generation', () => {
  test('a job of an earlier generation becomes a dead letter, fetches nothing, and changes nothing', async () => {
    // Prepare
    const job = await underTest();
    const before = await job.state();
    let fetches = 0;
    job.result = {
      async fetchResult() {
        fetches++;
        return 'a result';
      },
    };
    const message = JSON.stringify({ ...JSON.parse(job.body), generation: earlier });

    // Act
    const left = await job.receive({ message });

    // Assess
    expect([left, fetches]).toEqual([[], 0]);
    expect(job.deadLetters).toEqual([{ body: message, reason: 'unknown_verification' }]);
    expect([...job.store.objects]).toEqual([]);
    await expectUnchanged(job, before);
  });

  test('the statement of a job of an earlier generation does not apply', async () => {
    // Prepare
    const job = await underTest();
    const before = await job.state();
    const statement = {
      ...{ phase: 'completed', outcome: 'declined', finality: 'final', flags: [], reasons: [] },
      ...{ providerStatus: 'KO', rank: 70, occurredAt: null },
    };
    const onNothing = { kind: 'apply', fingerprint: 'a callback', statement };
    const message = JSON.stringify({ ...JSON.parse(job.body), generation: earlier, onNothing });

    // Act
    await job.receive({ message });

    // Assess
    expect(job.deadLetters).toEqual([{ body: message, reason: 'unknown_verification' }]);
    await expectUnchanged(job, before);
  });

  test('a job records no result if its verification starts a new generation while the result is fetched', async () => {
    // Prepare
    const job = await underTest();
    const { verificationId } = job;
    const decision = transition('USER_REJECTED', { verificationId });
    let restarted = { version: '' };
    job.result = {
      ...resultWith(decision),
      async fetchResult() {
        await job.restart();
        restarted = await job.state();
        return 'a result';
      },
    };

    // Act
    const first = await job.receive();
    const second = await job.receive({ receives: 2 });

    // Assess
    expect([first, second]).toEqual([['the-message'], []]);
    expect(job.deadLetters).toEqual([{ body: job.body, reason: 'unknown_verification' }]);
    await expectUnchanged(job, restarted);
  });

  test('a job publishes no archive if its verification starts a new generation while the files are fetched', async () => {
    // Prepare
    const job = await underTest();
    let restarted = { version: '' };
    job.result = {
      async fetchResult() {
        await job.restart();
        restarted = await job.state();
        return 'a result';
      },
    };

    // Act
    const first = await job.receive();
    const second = await job.receive({ receives: 2 });

    // Assess
    expect([first, second]).toEqual([['the-message'], []]);
    expect(job.deadLetters).toEqual([{ body: job.body, reason: 'unknown_verification' }]);
    await expectUnchanged(job, restarted);
  });
});

describe('a comparison of an earlier generation', () => {
  /** Creates a case whose archived result is the text `before`. */
  async function archivedJob() {
    const job = await underTest();
    let fetches = 0;
    let whileFetching = async () => {};
    const { verificationId } = job;
    job.result = {
      async fetchResult() {
        fetches++;
        await whileFetching();
        return 'before';
      },
      compare: () => transition('WEBHOOK', { verificationId, origin: hint, fingerprint: 'changed' }),
    };
    await job.receive();
    fetches = 0;
    return {
      job,
      fetches: () => fetches,
      whileFetching(work: () => Promise<void>) {
        whileFetching = work;
      },
    };
  }

  test('a comparison of an earlier generation does nothing', async () => {
    // Prepare
    const { job, fetches } = await archivedJob();
    const before = await job.state();
    const message = JSON.stringify({ ...JSON.parse(job.toCompare), generation: earlier });

    // Act
    const left = await job.receive({ message });

    // Assess
    expect([left, fetches(), job.retries, job.deadLetters]).toEqual([[], 0, [], []]);
    await expectUnchanged(job, before);
  });

  test.each([
    ['the result has changed', async () => {}],
    ['the result cannot be fetched yet', () => Promise.reject(transient)],
  ])(
    'a comparison changes nothing if its verification starts a new generation while it fetches: %s',
    async (_title, fetch) => {
      // Prepare
      const { job, fetches, whileFetching } = await archivedJob();
      let restarted = { version: '' };
      whileFetching(async () => {
        await job.restart();
        restarted = await job.state();
        await fetch();
      });

      // Act
      const first = await job.receive({ message: job.toCompare });
      const second = await job.receive({ message: job.toCompare, receives: 2 });

      // Assess
      expect([first, second, fetches(), job.deadLetters]).toEqual([['the-message'], [], 1, []]);
      await expectUnchanged(job, restarted);
    },
  );

  test('a comparison does not start if its verification starts a new generation first', async () => {
    // Prepare: let the row change between the read and the write of the start.
    const { job, fetches } = await archivedJob();
    const { write } = job.verifications;
    let restarted = { version: '' };
    job.verifications.write = async (...given) => {
      job.verifications.write = write;
      await job.restart();
      restarted = await job.state();
      return write(...given);
    };

    // Act
    const first = await job.receive({ message: job.toCompare });
    const second = await job.receive({ message: job.toCompare, receives: 2 });

    // Assess
    expect([first, second, fetches(), job.deadLetters]).toEqual([['the-message'], [], 0, []]);
    await expectUnchanged(job, restarted);
  });
});
