import { describe, expect, test } from 'vitest';
import type { FetchedEvidence } from '../../../shared/contract/evidence-source.ts';
import { transition } from '../../support/transitions.ts';
import { evidenceOf, type JobUnderTest, jobsUnderTest, requestedAt, transient } from '../job-under-test.ts';

const underTest = jobsUnderTest();

describe('a job whose result decides', () => {
  /** A provider whose answer is another one each time. */
  const deciding = (job: JobUnderTest) => {
    const asked: string[] = [];
    const concluded: string[] = [];
    let files: FetchedEvidence = evidenceOf({});
    let answered = async () => {};
    job.fetch = async (signal, keep) => {
      const ask = async () => {
        const answer = `answer ${asked.length + 1}`;
        asked.push(answer);
        await answered();
        return Buffer.from(answer);
      };
      const bytes = await keep('session.json', 'application/json', ask, signal);
      const answer = Buffer.from(bytes).toString();
      concluded.push(answer);
      const verdict = transition('USER_REJECTED', {
        verificationId: job.verificationId,
        fingerprint: answer,
      });
      return { ...files, transition: verdict };
    };
    return {
      asked,
      concluded,
      alsoHas(more: Parameters<typeof evidenceOf>[0]) {
        files = evidenceOf(more);
      },
      /** Answers once it has been asked so often. */
      answersAfter(times: number) {
        const asks = Promise.withResolvers<void>();
        answered = () => {
          if (asked.length === times) asks.resolve();
          return asks.promise;
        };
      },
    };
  };

  test('concludes from what is archived: each try the same, and tells it once', async () => {
    // Prepare
    const job = await underTest();
    const provider = deciding(job);
    provider.alsoHas({ video: transient });
    // Act
    for (const receives of [1, 2, 3]) await job.receive({ receives });
    // Assess
    expect(provider.asked).toEqual(['answer 1']);
    expect(provider.concluded).toEqual(Array(3).fill('answer 1'));
    expect(job.archive.objects.get(`${job.folder}/session.json`)).toMatchObject({
      bytes: Buffer.from('answer 1'),
      contentType: 'application/json',
    });
    expect(await job.state()).toMatchObject({ sequence: 2, providerStatus: 'USER_REJECTED' });
    expect(job.telemetry.counts).toMatchObject({ ResultsAccepted: 1 });
    expect(job.telemetry.counts).not.toHaveProperty('ResultsDuplicate');
  });

  test('concludes the same in two tries at once, whoever was asked first', async () => {
    // Prepare
    const job = await underTest();
    const provider = deciding(job);
    provider.answersAfter(2);
    // Act
    await Promise.all([job.receive(), job.receive()]);
    // Assess
    expect(provider.asked).toHaveLength(2);
    expect(new Set(provider.concluded).size).toBe(1);
    expect(job.archive.objects.get(`${job.folder}/session.json`)?.bytes.toString()).toBe(
      provider.concluded[0],
    );
  });

  test.each(['failReads', 'failWrites'] as const)(
    'concludes nothing while the bucket cannot: %s',
    async (fault) => {
      // Prepare
      const job = await underTest();
      const provider = deciding(job);
      provider.alsoHas({ video: transient });
      if (fault === 'failReads') await job.receive();
      const before = provider.concluded.length;
      job.archive[fault] = true;
      // Act and assess
      expect(await job.receive({ receives: 2 })).toEqual(['the-message']);
      expect(provider.concluded).toHaveLength(before);
      expect(job.deadLetters).toEqual([]);
      job.archive[fault] = false;
      await job.receive({ receives: 3 });
      expect(await job.state()).toMatchObject({ providerStatus: 'USER_REJECTED' });
    },
  );

  test('concludes nothing where another try is just storing it', async () => {
    // Prepare
    const job = await underTest();
    const provider = deciding(job);
    job.archive.write = async () => false;
    // Act and assess
    expect(await job.receive()).toEqual(['the-message']);
    expect(provider.concluded).toEqual([]);
    expect(job.telemetry.lines.map(([, message]) => message)).toContain('evidence not fetched yet');
  });

  test.each([
    ['of an earlier life of the verification', -61_000, [], 'invalid'],
    ['of this job, by a clock that is behind', -60_000, ['answer 0'], undefined],
  ])('concludes nothing from what is in its folder %s', async (_whose, ageMs, concluded, reason) => {
    // Prepare: the table has forgotten the verification, and numbers it anew.
    const job = await underTest();
    const provider = deciding(job);
    const put = (name: string, text: string) =>
      job.archive.objects.set(`${job.folder}/${name}`, {
        bytes: Buffer.from(text),
        contentType: 'application/json',
      });
    put('session.json', 'answer 0');
    put(
      'manifest.json',
      JSON.stringify({
        version: 1,
        provider: 'idnow',
        verificationId: job.verificationId,
        reference: null,
        sequence: 1,
        archivedAt: new Date(requestedAt + ageMs).toISOString(),
        artifacts: [],
        missing: [],
      }),
    );
    // Act
    await job.receive();
    // Assess
    expect([provider.asked, provider.concluded]).toEqual([[], concluded]);
    expect(job.deadLetters.map((letter) => letter.reason)).toEqual(reason ? [reason] : []);
  });

  test('records in a later try what the first has archived, and not come to record', async () => {
    // Prepare
    const job = await underTest();
    const provider = deciding(job);
    job.archive.objects.set(`${job.folder}/session.json`, {
      bytes: Buffer.from('answer 0'),
      contentType: 'application/json',
    });
    // Act
    await job.receive({ receives: 2 });
    // Assess
    expect([provider.asked, provider.concluded]).toEqual([[], ['answer 0']]);
    expect(job.telemetry.counts).toMatchObject({ ResultsAccepted: 1, EvidenceArchived: 1 });
  });
});
