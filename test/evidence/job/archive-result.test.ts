import { describe, expect, test } from 'vitest';
import { transition } from '../../support/transitions.ts';
import { evidenceOf, type JobUnderTest, jobsUnderTest, resultName, transient } from '../job-under-test.ts';

const underTest = jobsUnderTest();

describe('the result of a job', () => {
  /** Imitates a provider whose result differs at each request. */
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
      /** Makes the provider hold all responses until it has received this number of requests. */
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

  test('all tries of a job conclude from the archived result, and the decision is recorded once', async () => {
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

  test('the evidence lists the archived result first, and then the files that the result names', async () => {
    // Prepare
    const job = await underTest();
    const provider = changingProvider(job);
    provider.addFiles({ 'video.txt': 'a video' });
    // Act
    await job.receive();
    // Assess
    expect((await job.state()).evidence?.artifacts).toEqual([
      {
        name: resultName,
        key: `${job.folder}/${resultName}`,
        contentType: 'application/json',
        size: 8,
        sha256: '400a936d0ac7637324413df9aaf2067ff68468e602a5446af1e454878b5bad1e',
      },
      expect.objectContaining({ name: 'video.txt', size: 7 }),
    ]);
  });

  test('two tries of a job at the same time conclude from the same result', async () => {
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

  test('a try concludes nothing while another try still stores the result', async () => {
    // Prepare
    const job = await underTest();
    const provider = changingProvider(job);
    job.store.putOnce = async () => false;
    // Act and assess
    expect(await job.receive()).toEqual(['the-message']);
    expect(provider.concluded).toEqual([]);
    expect(job.telemetry.lines.map(([, message]) => message)).toContain('evidence not fetched yet');
  });

  test('after its row left the table, a verification with the same sequence archives its result in a new folder', async () => {
    // Prepare
    const job = await underTest();
    const provider = changingProvider(job);
    await job.receive();
    const newFolder = job.folderOf(await job.restart());
    const { jobs } = await job.state();
    // Act
    const left = await job.receive({ message: JSON.stringify(jobs[0]) });
    // Assess
    expect([left, jobs]).toMatchObject([[], [{ sequence: 1, generation: '20261122T120100Z' }]]);
    expect([provider.requested, provider.concluded]).toEqual(Array(2).fill(['result 1', 'result 2']));
    const resultIn = (folder: string) => job.store.objects.get(`${folder}/${resultName}`)?.bytes.toString();
    expect([resultIn(job.folder), resultIn(newFolder)]).toEqual(['result 1', 'result 2']);
    expect((await job.state()).evidence?.manifest).toBe(`${newFolder}/manifest.json`);
  });

  test('a try records the result that an earlier try archived but did not record', async () => {
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
