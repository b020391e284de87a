import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  evidenceOf,
  generation,
  invalid,
  type JobUnderTest,
  jobsUnderTest,
  requestedAt,
  resultWith,
} from '../job-under-test.ts';

const underTest = jobsUnderTest();

/** Returns the manifest in the bucket, and the SHA-256 of its bytes. */
function storedManifest({ store, folder }: JobUnderTest) {
  const bytes = store.objects.get(`${folder}/manifest.json`)?.bytes ?? Buffer.from('null');
  return { manifest: JSON.parse(bytes.toString()), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Returns the evidence in the published event. */
async function publishedEvidence(job: JobUnderTest) {
  const { event } = await job.state();
  expect(event?.type).toBe('idv.evidence.archived.v1');
  return event?.data.evidence;
}

describe('the evidence in the event of an archive', () => {
  test('the event contains the whole state of the evidence, and the hash of the manifest in the bucket', async () => {
    // Prepare
    const job = await underTest();
    job.result = resultWith(null, evidenceOf({ 'ident.json': 'abcdef' }));

    // Act
    await job.receive();

    // Assess
    const { manifest, sha256 } = storedManifest(job);
    expect(manifest).toMatchObject({ verificationId: job.verificationId, generation, sequence: 1 });
    expect(await publishedEvidence(job)).toEqual({
      status: 'archived',
      requestedBy: 1,
      bucket: 'evidence-bucket',
      manifest: `${job.folder}/manifest.json`,
      manifestSha256: sha256,
      artifacts: manifest.artifacts,
      missing: [],
      reason: null,
    });
  });

  test('if an earlier try wrote the manifest but did not record it, the event has the hash of that manifest', async () => {
    // Prepare: make the write of the first try fail. The second try is a second later, so its own manifest would differ.
    const job = await underTest();
    job.result = resultWith(null, evidenceOf({ 'ident.json': 'abcdef' }));
    const { write } = job.verifications;
    job.verifications.write = async () => {
      job.verifications.write = write;
      throw new Error('throttled');
    };
    await job.receive();
    const before = storedManifest(job);
    job.clock.now = new Date(requestedAt + 2000);

    // Act
    await job.receive({ receives: 2 });

    // Assess
    expect(storedManifest(job)).toEqual(before);
    expect((await publishedEvidence(job))?.manifestSha256).toBe(before.sha256);
  });

  test('if another try writes the manifest at the same time, the event has the hash and the artifacts of that manifest', async () => {
    // Prepare: let the other try store its manifest just before this try stores its own.
    const job = await underTest();
    job.result = resultWith(null, evidenceOf({ 'ident.json': 'abcdef' }));
    const { putOnce } = job.store;
    job.store.putOnce = async (key, bytes, contentType) => {
      if (!key.endsWith('/manifest.json')) return putOnce(key, bytes, contentType);
      const other = { ...JSON.parse(Buffer.from(bytes).toString()), archivedAt: '2026-11-22T12:00:00Z' };
      await putOnce(
        key,
        Buffer.from(JSON.stringify({ ...other, missing: [{ name: 'x', reason: 'gone' }] })),
        contentType,
      );
      return putOnce(key, bytes, contentType);
    };

    // Act
    await job.receive();

    // Assess
    const { manifest, sha256 } = storedManifest(job);
    expect(manifest.missing).toEqual([{ name: 'x', reason: 'gone' }]);
    expect(await publishedEvidence(job)).toMatchObject({
      manifestSha256: sha256,
      artifacts: manifest.artifacts,
      missing: manifest.missing,
    });
  });

  test('the event of a job that is given up has no manifest and no hash', async () => {
    // Prepare
    const job = await underTest();
    job.result = resultWith(null, evidenceOf({ 'ident.json': 'abcdef', 'ident.zip': invalid }));

    // Act
    await job.receive();

    // Assess
    expect((await job.state()).event?.data.evidence).toMatchObject({
      status: 'failed',
      requestedBy: 1,
      manifest: null,
      manifestSha256: null,
      reason: 'invalid',
    });
  });
});
