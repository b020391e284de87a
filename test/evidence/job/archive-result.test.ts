import { describe, expect, test } from 'vitest';
import { transition } from '../../support/transitions.ts';
import {
  evidenceOf,
  type JobUnderTest,
  jobsUnderTest,
  requestedAt,
  resultName,
  transient,
} from '../job-under-test.ts';

const underTest = jobsUnderTest();

describe('the result of a job', () => {
  /** A provider that returns another result for each request. */
  const changingProvider = (job: JobUnderTest) => {
    const requested: string[] = [];
    const concluded: string[] = [];
    let files = evidenceOf({});
    let respond = async () => {};
    job.result = {
      async fetchResult() {
        const result = `result ${requested.length + 1}`;
        requested.push(result);
        await respond();
        return result;
      },
      conclude(result) {
        concluded.push(result);
        const { verificationId } = job;
        return { ...files, transition: transition('USER_REJECTED', { verificationId, fingerprint: result }) };
      },
    };
    return {
      requested,
      concluded,
      addFiles(more: Parameters<typeof evidenceOf>[0]) {
        files = evidenceOf(more);
      },
      /** Responds to no request before this number of requests have arrived. */
      respondAfter(requests: number) {
        const allArrived = Promise.withResolvers<void>();
        respond = () => {
          if (requested.length === requests) allArrived.resolve();
          return allArrived.promise;
        };
      },
    };
  };
  const putObject = (job: JobUnderTest, name: string, text: string) =>
    job.store.objects.set(`${job.folder}/${name}`, {
      bytes: Buffer.from(text),
      contentType: 'application/json',
    });

  test('all tries conclude from the archived result, and the decision is reported once', async () => {
    // Prepare
    const job = await underTest();
    const provider = changingProvider(job);
    provider.addFiles({ video: transient });
    // Act
    for (const receives of [1, 2, 3]) await job.receive({ receives });
    // Assess
    expect(provider.requested).toEqual(['result 1']);
    expect(provider.concluded).toEqual(Array(3).fill('result 1'));
    expect(job.store.objects.get(`${job.folder}/${resultName}`)).toMatchObject({
      bytes: Buffer.from('result 1'),
      contentType: 'application/json',
    });
    expect(await job.state()).toMatchObject({ sequence: 2, providerStatus: 'USER_REJECTED' });
    expect(job.telemetry.counts).toMatchObject({ ResultsAccepted: 1 });
    expect(job.telemetry.counts).not.toHaveProperty('ResultsDuplicate');
  });

  test('the result is an artifact of the manifest, before the files that it lists', async () => {
    // Prepare
    const job = await underTest();
    const provider = changingProvider(job);
    provider.addFiles({ video: 'a video' });
    // Act
    await job.receive();
    // Assess
    expect((await job.state()).evidence.artifacts).toEqual([
      {
        name: resultName,
        key: `${job.folder}/${resultName}`,
        contentType: 'application/json',
        size: 8,
        sha256: '400a936d0ac7637324413df9aaf2067ff68468e602a5446af1e454878b5bad1e',
      },
      expect.objectContaining({ name: 'video', size: 7 }),
    ]);
  });

  test('two tries at the same time conclude from the same result', async () => {
    // Prepare
    const job = await underTest();
    const provider = changingProvider(job);
    provider.respondAfter(2);
    // Act
    await Promise.all([job.receive(), job.receive()]);
    // Assess
    expect(provider.requested).toHaveLength(2);
    expect(new Set(provider.concluded).size).toBe(1);
    expect(job.store.objects.get(`${job.folder}/${resultName}`)?.bytes.toString()).toBe(
      provider.concluded[0],
    );
  });

  test.each(['failReads', 'failWrites'] as const)(
    'a job concludes nothing while the bucket fails (%s), and is retried',
    async (fault) => {
      // Prepare
      const job = await underTest();
      const provider = changingProvider(job);
      provider.addFiles({ video: transient });
      if (fault === 'failReads') await job.receive();
      const before = provider.concluded.length;
      job.store[fault] = true;
      // Act and assess
      expect(await job.receive({ receives: 2 })).toEqual(['the-message']);
      expect(provider.concluded).toHaveLength(before);
      expect(job.deadLetters).toEqual([]);
      job.store[fault] = false;
      await job.receive({ receives: 3 });
      expect(await job.state()).toMatchObject({ providerStatus: 'USER_REJECTED' });
    },
  );

  test('a try concludes nothing while another try is storing the result', async () => {
    // Prepare
    const job = await underTest();
    const provider = changingProvider(job);
    job.store.putOnce = async () => false;
    // Act and assess
    expect(await job.receive()).toEqual(['the-message']);
    expect(provider.concluded).toEqual([]);
    expect(job.telemetry.lines.map(([, message]) => message)).toContain('evidence not fetched yet');
  });

  test.each([
    {
      title: 'a job is given up if its folder holds evidence from an earlier life of the verification',
      ageMs: -61_000,
      concluded: [],
      reasons: ['invalid'],
    },
    {
      title: 'a job accepts a manifest that is up to a minute older than its request, because clocks differ',
      ageMs: -60_000,
      concluded: ['result 0'],
      reasons: [],
    },
  ])('$title', async ({ ageMs, concluded, reasons }) => {
    // Prepare: the row has left the table, and the verification starts again with sequence 1.
    const job = await underTest();
    const provider = changingProvider(job);
    putObject(job, resultName, 'result 0');
    const manifest = {
      version: 1,
      provider: 'idnow',
      verificationId: job.verificationId,
      reference: null,
      sequence: 1,
      archivedAt: new Date(requestedAt + ageMs).toISOString(),
      artifacts: [],
      missing: [],
    };
    putObject(job, 'manifest.json', JSON.stringify(manifest));
    // Act
    await job.receive();
    // Assess
    expect([provider.requested, provider.concluded]).toEqual([[], concluded]);
    expect(job.deadLetters.map(({ reason }) => reason)).toEqual(reasons);
  });

  test('a try records the result of an earlier try that ended before it could record', async () => {
    // Prepare
    const job = await underTest();
    const provider = changingProvider(job);
    putObject(job, resultName, 'result 0');
    // Act
    await job.receive({ receives: 2 });
    // Assess
    expect([provider.requested, provider.concluded]).toEqual([[], ['result 0']]);
    expect(job.telemetry.counts).toMatchObject({ ResultsAccepted: 1, EvidenceArchived: 1 });
  });
});
