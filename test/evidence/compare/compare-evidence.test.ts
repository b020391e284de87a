import { describe, expect, test } from 'vitest';
import type { Transition } from '../../../shared/contract/transition.ts';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';
import { comparedHint, hint, transition } from '../../support/transitions.ts';
import {
  deadlineSeconds,
  evidenceOf,
  invalid,
  type JobUnderTest,
  jobsUnderTest,
  requestedAt,
  transient,
} from '../job-under-test.ts';

const underTest = jobsUnderTest();

describe('a job that compares', () => {
  const archivedJob = async () => {
    const job = await underTest();
    job.fetch = async () => evidenceOf({ 'session.json': 'abc' });
    await job.receive();
    return job;
  };
  const changed = (verificationId: string) =>
    transition('WEBHOOK', { verificationId, origin: hint, fingerprint: 'changed' });
  const notNow = () => Promise.reject(transient);

  test('gives the provider’s part what was fetched last, and tells nobody of what is the same', async () => {
    // Prepare
    const job = await archivedJob();
    const told: unknown[] = [];
    job.compare = async (last) => {
      const bytes = await last.read?.('session.json');
      told.push(last.sequence, bytes && Buffer.from(bytes).toString());
      return null;
    };
    // Act
    const left = await job.receive({ message: job.toCompare });
    // Assess
    expect(told).toEqual([1, 'abc']);
    expect(left).toEqual([]);
    expect(await job.state()).toMatchObject({ sequence: 2, type: undefined });
    expect(job.deadLetters).toEqual([]);
  });

  test('has what has changed archived anew, once however often it is compared', async () => {
    // Prepare: two look at the same time.
    const job = await archivedJob();
    const bothLook = Promise.withResolvers<void>();
    let looking = 0;
    job.compare = async () => {
      looking++;
      if (looking === 2) bothLook.resolve();
      await bothLook.promise;
      return changed(job.verificationId);
    };
    // Act
    await Promise.all([1, 2].map(() => job.receive({ message: job.toCompare })));
    // Assess
    expect(await job.state()).toMatchObject({
      sequence: 3,
      type: 'idv.verification.updated.v1',
      jobs: [{ purpose: 'archive', sequence: 3, onNothing: { kind: 'forget', fingerprint: 'changed' } }],
    });
  });

  test('compares with the newest of several archives', async () => {
    // Prepare
    const job = await archivedJob();
    const comparedWith: unknown[] = [];
    job.compare = async (last) => {
      comparedWith.push(last.sequence);
      return changed(job.verificationId);
    };
    await job.receive({ message: job.toCompare });
    await job.receive({ message: JSON.stringify((await job.state()).jobs[0]) });
    // Act
    await job.receive({ message: job.toCompare });
    // Assess
    expect(comparedWith).toEqual([1, 3]);
  });

  test('waits while another archive is on its way, or has just been asked for', async () => {
    // Prepare: it would bring what there was before.
    const job = await archivedJob();
    job.compare = async () => changed(job.verificationId);
    await job.receive({ message: job.toCompare });
    const { jobs } = await job.state();
    const waits = await job.receive({ message: job.toCompare, receives: 2 });
    job.fetch = async () => evidenceOf({ 'session.json': invalid });
    // Act
    await job.receive({ message: JSON.stringify(jobs[0]) });
    job.compare = async () => null;
    const goesOn = await job.receive({ message: job.toCompare, receives: 3 });
    // Assess
    expect([waits, goesOn]).toEqual([['the-message'], []]);
    expect(job.retries).toEqual([['the-receipt', 2]]);
  });

  describe('and is asked for by a repetition', () => {
    const repeated = new Date(requestedAt).toISOString();

    /** A case whose webhook has been said again: the message of its job. */
    const repeatedCase = async () => {
      const job = await underTest();
      const webhook = { ...changed(job.verificationId), fingerprint: 'a webhook', origin: comparedHint };
      const repeat = async () => {
        await job.deliver(webhook);
        return (await job.state()).comparisonRequestedAt;
      };
      await job.deliver(webhook);
      expect(await repeat()).toBe(repeated);
      const { jobs } = await job.state();
      /** What becomes of the evidence that the first events have asked for. */
      const fetched = async (fetch: typeof job.fetch) => {
        job.fetch = fetch;
        for (const sequence of [1, 2])
          await job.receive({ message: JSON.stringify({ ...JSON.parse(job.body), sequence }) });
      };
      return { job, webhook, repeat, fetched, message: JSON.stringify(jobs[0]) };
    };
    const archived = async () => evidenceOf({ 'session.json': 'abc' });
    const failed = async () => evidenceOf({ 'session.json': invalid });

    test.each([
      ['the same', archived, async () => null],
      ['something else', archived, async () => changed('')],
      ['gone', archived, () => Promise.reject(new EvidenceError('gone', 'GET session'))],
      ['refused for good', archived, () => Promise.reject(invalid)],
      ['there, of which nothing was archived', failed, async () => changed('')],
      ['not there, as before', failed, () => Promise.reject(new EvidenceError('not_found', 'GET session'))],
    ])(
      'lets the next one ask for another, once it has looked: what it finds is %s',
      async (_what, before, find) => {
        // Prepare
        const { job, repeat, fetched, message } = await repeatedCase();
        await fetched(before);
        job.compare = async () => {
          expect(
            (await job.state()).comparisonRequestedAt,
            'what comes now may be newer than the answer',
          ).toBeNull();
          const found = await find();
          return found && { ...found, verificationId: job.verificationId };
        };
        // Act
        expect(await job.receive({ message })).toEqual([]);
        // Assess
        expect(await repeat()).toBe(repeated);
        expect((await job.state()).jobs).toMatchObject([{ purpose: 'compare' }]);
      },
    );

    test('serves the next one too while it is to look again', async () => {
      // Prepare
      const { job, repeat, fetched, message } = await repeatedCase();
      await fetched(archived);
      job.compare = notNow;
      // Act
      expect(await job.receive({ message })).toEqual(['the-message']);
      // Assess
      expect((await job.state()).comparisonRequestedAt).toBe(repeated);
      await repeat();
      expect((await job.state()).jobs, 'no other').toEqual([]);
    });

    test('that is to look again serves one that was asked for while it looked, too', async () => {
      // Prepare
      const { job, webhook, fetched, message } = await repeatedCase();
      await fetched(archived);
      const newer = await meanwhile(job, webhook, message);
      let looks = 0;
      job.compare = async () => {
        looks++;
        return null;
      };
      // Act
      const ends = await job.receive({ message: newer });
      const looksAgain = await job.receive({ message, receives: 2 });
      // Assess
      expect([ends, looksAgain, looks]).toEqual([[], [], 1]);
      expect((await job.state()).comparisonRequestedAt).toBeNull();
      expect(job.telemetry.lines.map(([, line]) => line)).toContain(
        'evidence compared: another job will look',
      );
    });

    test('looks itself where the other was asked for an hour ago: that may be lost', async () => {
      // Prepare
      const { job, webhook, fetched, message } = await repeatedCase();
      await fetched(archived);
      const newer = await meanwhile(job, webhook, message);
      job.clock.now = new Date(requestedAt + 3600 * 1000);
      let looks = 0;
      job.compare = async () => {
        looks++;
        return null;
      };
      // Act and assess
      expect(await job.receive({ message: newer })).toEqual([]);
      expect(looks).toBe(1);
      expect((await job.state()).comparisonRequestedAt, 'it is the other’s').toBe(repeated);
    });

    /** The first job looks in vain; while it does, the webhook is said again. @returns the message of the second job */
    const meanwhile = async (job: JobUnderTest, webhook: Transition, message: string) => {
      let jobs: unknown[] = [];
      job.compare = async () => {
        await job.deliver(webhook, new Date(requestedAt + 60_000).toISOString());
        ({ jobs } = await job.state());
        return notNow();
      };
      expect(await job.receive({ message })).toEqual(['the-message']);
      expect((await job.state()).comparisonRequestedAt).toBe(repeated);
      return JSON.stringify(jobs[0]);
    };

    test('has what is there at last archived, of which nothing could be fetched', async () => {
      // Prepare
      const { job, fetched, message } = await repeatedCase();
      await fetched(failed);
      const told: unknown[] = [];
      job.compare = async ({ sequence, read }) => {
        told.push([sequence, read]);
        return changed(job.verificationId);
      };
      // Act
      await job.receive({ message });
      // Assess
      expect(told).toEqual([[2, null]]);
      expect((await job.state()).jobs).toMatchObject([{ purpose: 'archive' }]);
    });
  });

  test.each([
    ['waits for what was asked for before', 3599, ['the-message'], 0],
    ['looks itself where that has not come in an hour: whoever was to bring it may be lost', 3600, [], 1],
  ])('%s', async (_what, ageSeconds, left, looks) => {
    // Prepare
    const job = await underTest();
    let looked = 0;
    job.compare = async ({ read }) => {
      expect(read, 'what was lost may have decided before').toBeNull();
      looked++;
      return null;
    };
    job.clock.now = new Date(requestedAt + ageSeconds * 1000);
    // Act and assess
    expect(await job.receive({ message: job.toCompare, receives: 3 })).toEqual(left);
    expect([looked, job.deadLetters]).toEqual([looks, []]);
    expect(job.retries).toEqual(left.map(() => ['the-receipt', 4]));
  });

  test('has nothing to compare in a verification that is gone', async () => {
    // Prepare
    const job = await archivedJob();
    job.compare = notNow;
    await job.erase();
    // Act and assess
    expect(await job.receive({ message: job.toCompare })).toEqual([]);
    expect([job.retries, job.deadLetters]).toEqual([[], []]);
  });

  test.each(['transient', 'not_ready'] as const)(
    'is tried again after a failure that may pass (%s) up to the provider’s deadline, then kept, without an event',
    async (kind) => {
      // Prepare
      const job = await archivedJob();
      job.compare = () => Promise.reject(new EvidenceError(kind, 'GET session'));
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

  test.each(['not_found', 'gone'] as const)('is over where the provider’s is %s by now', async (kind) => {
    // Prepare
    const job = await archivedJob();
    job.compare = () => Promise.reject(new EvidenceError(kind, 'GET session: answered 404'));
    // Act and assess
    expect(await job.receive({ message: job.toCompare })).toEqual([]);
    expect(job.deadLetters).toEqual([]);
    expect(await job.state()).toMatchObject({ sequence: 2 });
  });
});
