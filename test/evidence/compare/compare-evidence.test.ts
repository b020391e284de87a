import { describe, expect, test } from 'vitest';
import type { Transition } from '../../../shared/contract/transition.ts';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';
import { comparedHint, hint, transition } from '../../support/transitions.ts';
import {
  deadlineSeconds,
  type JobUnderTest,
  jobsUnderTest,
  requestedAt,
  transient,
} from '../job-under-test.ts';

const underTest = jobsUnderTest();

const changedHint = (verificationId: string) =>
  transition('WEBHOOK', { verificationId, origin: hint, fingerprint: 'changed' });

/** Makes the provider return this result. The comparison sees a change if the archived result is different. */
function provide(job: JobUnderTest, fetchResult: () => Promise<string>) {
  const compared: unknown[] = [];
  job.result = {
    fetchResult,
    compare(results) {
      compared.push(results);
      return results.archived === results.current ? null : changedHint(job.verificationId);
    },
  };
  return compared;
}

const fails = (kind: ConstructorParameters<typeof EvidenceError>[0]) => () =>
  Promise.reject(new EvidenceError(kind, 'GET session'));

/** Creates a job whose archived result is the text `before`. */
async function archivedJob(): Promise<JobUnderTest> {
  const job = await underTest();
  provide(job, async () => 'before');
  await job.receive();
  return job;
}

describe('a job that compares', () => {
  test('a comparison publishes nothing if the result has not changed', async () => {
    // Prepare
    const job = await archivedJob();
    const compared = provide(job, async () => 'before');
    // Act
    const left = await job.receive({ message: job.toCompare });
    // Assess
    expect(compared).toEqual([{ sequence: 1, archived: 'before', current: 'before' }]);
    expect(left).toEqual([]);
    expect(await job.state()).toMatchObject({ sequence: 2, type: undefined });
    expect(job.deadLetters).toEqual([]);
  });

  test('two comparisons at the same time request one new archive of a changed result', async () => {
    // Prepare
    const job = await archivedJob();
    const bothFetch = Promise.withResolvers<void>();
    let fetches = 0;
    provide(job, async () => {
      fetches++;
      if (fetches === 2) bothFetch.resolve();
      await bothFetch.promise;
      return 'after';
    });
    // Act
    await Promise.all([1, 2].map(() => job.receive({ message: job.toCompare })));
    // Assess
    expect(await job.state()).toMatchObject({
      sequence: 3,
      type: 'idv.verification.updated.v1',
      jobs: [{ purpose: 'archive', sequence: 3, onNothing: { kind: 'forget', fingerprint: 'changed' } }],
    });
  });

  test('a comparison uses the newest of several archives', async () => {
    // Prepare
    const job = await archivedJob();
    const compared = provide(job, async () => 'after');
    await job.receive({ message: job.toCompare });
    await job.receive({ message: JSON.stringify((await job.state()).jobs[0]) });
    // Act
    await job.receive({ message: job.toCompare });
    // Assess
    expect(compared).toMatchObject([
      { sequence: 1, archived: 'before' },
      { sequence: 3, archived: 'after' },
    ]);
  });

  test('a comparison waits while an archive is pending, because that archive may hold an older result', async () => {
    // Prepare
    const job = await archivedJob();
    provide(job, async () => 'after');
    await job.receive({ message: job.toCompare });
    const { jobs } = await job.state();
    const early = await job.receive({ message: job.toCompare, receives: 2 });
    provide(job, fails('invalid'));
    // Act
    await job.receive({ message: JSON.stringify(jobs[0]) });
    provide(job, async () => 'before');
    const afterwards = await job.receive({ message: job.toCompare, receives: 3 });
    // Assess
    expect([early, afterwards]).toEqual([['the-message'], []]);
    expect(job.retries).toEqual([['the-receipt', 2]]);
  });

  describe('after a repeated hint', () => {
    const repeatedAt = new Date(requestedAt).toISOString();

    /** Creates a case whose hint was repeated. @returns the message of the requested comparison, and helpers */
    const repeatedCase = async () => {
      const job = await underTest();
      const first = { ...changedHint(job.verificationId), fingerprint: 'a hint', origin: comparedHint };
      const repeat = async () => {
        await job.deliver(first);
        return (await job.state()).comparisonRequestedAt;
      };
      await job.deliver(first);
      expect(await repeat()).toBe(repeatedAt);
      const { jobs } = await job.state();
      /** Runs the jobs that the first two events requested. */
      const archive = async (fetchResult: () => Promise<string>) => {
        provide(job, fetchResult);
        for (const sequence of [1, 2])
          await job.receive({ message: JSON.stringify({ ...JSON.parse(job.body), sequence }) });
      };
      return { job, first, repeat, archive, message: JSON.stringify(jobs[0]) };
    };
    const before = async () => 'before';

    test.each([
      { result: 'unchanged', archived: before, fetchResult: before },
      { result: 'changed', archived: before, fetchResult: async () => 'after' },
      { result: 'gone', archived: before, fetchResult: fails('gone') },
      { result: 'refused for good', archived: before, fetchResult: fails('invalid') },
      { result: 'the first that could be fetched', archived: fails('invalid'), fetchResult: before },
      { result: 'still not found', archived: fails('invalid'), fetchResult: fails('not_found') },
    ])(
      'once a comparison has started, the next repetition of the hint requests another comparison: the result is $result',
      async ({ archived, fetchResult }) => {
        // Prepare
        const { job, repeat, archive, message } = await repeatedCase();
        await archive(archived);
        provide(job, async () => {
          expect(
            (await job.state()).comparisonRequestedAt,
            'a hint that arrives now may be newer than the result',
          ).toBeNull();
          return fetchResult();
        });
        // Act
        expect(await job.receive({ message })).toEqual([]);
        // Assess
        expect(await repeat()).toBe(repeatedAt);
        expect((await job.state()).jobs).toMatchObject([{ purpose: 'compare' }]);
      },
    );

    test('while a comparison waits for its next try, a repeated hint requests no other comparison', async () => {
      // Prepare
      const { job, repeat, archive, message } = await repeatedCase();
      await archive(before);
      provide(job, fails('transient'));
      // Act
      expect(await job.receive({ message })).toEqual(['the-message']);
      // Assess
      expect((await job.state()).comparisonRequestedAt).toBe(repeatedAt);
      await repeat();
      expect((await job.state()).jobs, 'no other job').toEqual([]);
    });

    test('a newer comparison job does not call the provider while an older one waits for its next try', async () => {
      // Prepare
      const { job, first, archive, message } = await repeatedCase();
      await archive(before);
      const newer = await repeatDuringTry(job, first, message);
      const compared = provide(job, before);
      // Act
      const newerLeft = await job.receive({ message: newer });
      const olderLeft = await job.receive({ message, receives: 2 });
      // Assess
      expect([newerLeft, olderLeft, compared.length]).toEqual([[], [], 1]);
      expect((await job.state()).comparisonRequestedAt).toBeNull();
      expect(job.telemetry.lines.map(([, line]) => line)).toContain('evidence compared: left to another job');
    });

    test('a newer comparison job calls the provider if the older one is an hour old and may be lost', async () => {
      // Prepare
      const { job, first, archive, message } = await repeatedCase();
      await archive(before);
      const newer = await repeatDuringTry(job, first, message);
      job.clock.now = new Date(requestedAt + 3600 * 1000);
      const compared = provide(job, before);
      // Act and assess
      expect(await job.receive({ message: newer })).toEqual([]);
      expect(compared).toHaveLength(1);
      expect((await job.state()).comparisonRequestedAt, 'that of the other job').toBe(repeatedAt);
    });

    /** Repeats the hint while the first job's try runs, then fails that try. @returns the message of the second job */
    const repeatDuringTry = async (job: JobUnderTest, repeated: Transition, message: string) => {
      let jobs: unknown[] = [];
      provide(job, async () => {
        await job.deliver(repeated, new Date(requestedAt + 60_000).toISOString());
        ({ jobs } = await job.state());
        throw transient;
      });
      expect(await job.receive({ message })).toEqual(['the-message']);
      expect((await job.state()).comparisonRequestedAt).toBe(repeatedAt);
      return JSON.stringify(jobs[0]);
    };

    test('if no result is archived yet, a comparison requests an archive of the result that it fetched', async () => {
      // Prepare
      const { job, archive, message } = await repeatedCase();
      await archive(fails('invalid'));
      const compared = provide(job, async () => 'a result');
      // Act
      await job.receive({ message });
      // Assess
      expect(compared).toEqual([{ sequence: 2, archived: null, current: 'a result' }]);
      expect((await job.state()).jobs).toMatchObject([{ purpose: 'archive' }]);
    });
  });

  test.each([
    {
      title: 'it waits up to an hour for an archive that is pending',
      ageSeconds: 3599,
      left: ['the-message'],
      compared: [],
    },
    {
      title: 'after an hour it runs without that archive, which may be lost',
      ageSeconds: 3600,
      left: [],
      compared: [{ sequence: 1, archived: null, current: 'a result' }],
    },
  ])('how long a comparison waits for a pending archive: $title', async ({ ageSeconds, left, compared }) => {
    // Prepare
    const job = await underTest();
    const seen = provide(job, async () => 'a result');
    job.clock.now = new Date(requestedAt + ageSeconds * 1000);
    // Act and assess
    expect(await job.receive({ message: job.toCompare, receives: 3 })).toEqual(left);
    expect([seen, job.deadLetters]).toEqual([compared, []]);
    expect(job.retries).toEqual(left.map(() => ['the-receipt', 4]));
  });

  test('a comparison ends without a call to the provider if the verification has left the table', async () => {
    // Prepare
    const job = await archivedJob();
    provide(job, fails('transient'));
    await job.erase();
    // Act and assess
    expect(await job.receive({ message: job.toCompare })).toEqual([]);
    expect([job.retries, job.deadLetters]).toEqual([[], []]);
  });

  test('a comparison ends without a call to the provider if the adapter of the provider compares no results', async () => {
    // Prepare
    const job = await archivedJob();
    job.result = { fetchResult: () => expect.unreachable('a call to the provider'), compare: null };
    // Act and assess
    expect(await job.receive({ message: job.toCompare })).toEqual([]);
    expect(job.telemetry.lines.map(([, line]) => line)).toContain('evidence compared: nothing to compare');
  });

  test.each(['transient', 'not_ready'] as const)(
    'a failed comparison (%s) is retried until the deadline, and then becomes a dead letter without an event',
    async (kind) => {
      // Prepare
      const job = await archivedJob();
      provide(job, fails(kind));
      const receiveAt = (seconds: number) => {
        job.clock.now = new Date(requestedAt + seconds * 1000);
        return job.receive({ message: job.toCompare, receives: 2 });
      };
      // Act and assess
      expect(await receiveAt(1)).toEqual(['the-message']);
      expect(await receiveAt(deadlineSeconds - 1)).toEqual(['the-message']);
      expect(job.retries).toEqual(Array(2).fill(['the-receipt', 2]));
      expect(await receiveAt(deadlineSeconds)).toEqual([]);
      expect(job.deadLetters).toEqual([{ body: job.toCompare, reason: kind }]);
      expect(await job.state()).toMatchObject({ sequence: 2, type: undefined });
      expect(job.telemetry.counts).toEqual({ EvidenceArchived: 1 });
    },
  );

  test.each(['not_found', 'gone'] as const)(
    'a comparison ends without a dead letter if the provider has no result (%s)',
    async (kind) => {
      // Prepare
      const job = await archivedJob();
      provide(job, fails(kind));
      // Act and assess
      expect(await job.receive({ message: job.toCompare })).toEqual([]);
      expect(job.deadLetters).toEqual([]);
      expect(await job.state()).toMatchObject({ sequence: 2 });
    },
  );
});
