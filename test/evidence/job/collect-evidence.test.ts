import { describe, expect, test } from 'vitest';
import { tinyJpeg } from '../../../local/simulators/specimen-files/tiny-images.ts';
import { evidenceOf, jobsUnderTest, requestedAt, resultWith, transient } from '../job-under-test.ts';

const underTest = jobsUnderTest();

describe('collectEvidence', () => {
  /** The first half of a photo, in a response that ends properly. Each transfer returns the same bytes. */
  const photoWithoutEnd = () => {
    const photo = tinyJpeg('a photo');
    const evidence = evidenceOf({
      async *photo() {
        yield photo.subarray(0, photo.byteLength / 2);
      },
    });
    const content = { kind: 'document' } as const;
    return { ...evidence, artifacts: evidence.artifacts.map((artifact) => ({ ...artifact, content })) };
  };

  test.each([
    { title: 'is requested again during the first hour of its job', ageSeconds: 3599, left: ['the-message'] },
    { title: 'is archived once its job is an hour old', ageSeconds: 3600, left: [] },
  ])(
    'a file that may be cut off is archived only after the first hour of its job: it $title',
    async ({ ageSeconds, left }) => {
      // Prepare
      const job = await underTest();
      job.result = resultWith(null, photoWithoutEnd());
      job.clock.now = new Date(requestedAt + ageSeconds * 1000);
      // Act and assess
      expect(await job.receive()).toEqual(left);
      expect(job.store.objects.has(`${job.folder}/photo.jpg`)).toBe(left.length === 0);
    },
  );

  test('logs name a failed artifact by its label, because its file name may contain personal data', async () => {
    // Prepare
    const job = await underTest();
    const evidence = evidenceOf({ 'documents/Jane Specimen.jpg': transient, 'report.pdf': transient });
    const [photo, ...others] = evidence.artifacts;
    if (photo === undefined) throw new Error('no artifacts');
    const artifacts = [{ ...photo, label: 'documents/[0]' }, ...others];
    job.result = resultWith(null, { ...evidence, artifacts });
    // Act
    await job.receive();
    // Assess
    const { verificationId } = job;
    const failed = job.telemetry.lines.filter(([, message]) => message === 'artifact not fetched');
    expect(failed).toEqual(
      ['documents/[0]', 'report.pdf'].map((name) => [
        'warn',
        'artifact not fetched',
        { verificationId, sequence: 1, name, kind: 'transient' },
      ]),
    );
    expect(JSON.stringify(job.telemetry.lines)).not.toContain('Jane');
  });
});
