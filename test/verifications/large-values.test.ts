import { randomBytes } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { noFindings } from '../../shared/contract/identity.ts';
import { storeFindings } from '../../shared/verifications/findings-store.ts';
import { storeBody } from '../../shared/verifications/store-body.ts';
import { memoryBlobs } from '../support/memory-blobs.ts';

describe('findings', () => {
  /** Findings of exactly so many bytes of JSON; `é` takes two. */
  const findingsOf = (bytes: number) => {
    const around = Buffer.byteLength(JSON.stringify({ ...noFindings, claims: { title: 'é' } }));
    return { ...noFindings, claims: { title: `é${'x'.repeat(bytes - around)}` } };
  };

  test('of 184 KB stay in the event, so that it has 200 KB at most', async () => {
    const { blobs, objects } = memoryBlobs();
    const findings = findingsOf(184 * 1024);
    expect(await storeFindings(blobs, 'a-delivery', findings)).toEqual({ kind: 'inline', findings });
    expect(objects.size).toBe(0);
  });

  test('of one byte more go to the bucket, whole', async () => {
    // Prepare
    const { blobs, objects } = memoryBlobs();
    const findings = findingsOf(184 * 1024 + 1);
    // Act
    const stored = await storeFindings(blobs, 'a-delivery', findings);
    // Assess
    expect(stored).toEqual({ kind: 'object', url: 's3://a-bucket/findings/a-delivery.json' });
    const object = objects.get('findings/a-delivery.json');
    expect(object?.contentType).toBe('application/json');
    expect(JSON.parse(Buffer.from(object?.bytes ?? []).toString())).toEqual(findings);
  });
});

describe('raw bodies', () => {
  /** Random bytes do not compress: gzip adds its frame to them. */
  const bodyOf = (packedBytes: number) => {
    const body = randomBytes(packedBytes);
    return body.subarray(0, packedBytes - (gzipSync(body).byteLength - packedBytes));
  };

  test('of 100 KB once packed stay in the row', async () => {
    // Prepare
    const { blobs, objects } = memoryBlobs();
    const body = bodyOf(100 * 1024);
    expect(gzipSync(body).byteLength).toBe(102_400);
    // Act
    const stored = await storeBody(blobs, 'idnow/a-delivery', body);
    // Assess
    if (stored.kind !== 'inline') throw new Error('went to the bucket');
    expect(gunzipSync(stored.gzip).equals(body)).toBe(true);
    expect(objects.size).toBe(0);
  });

  test('of one byte more go to the bucket', async () => {
    // Prepare
    const { blobs, objects } = memoryBlobs();
    const body = bodyOf(100 * 1024 + 1);
    expect(gzipSync(body).byteLength).toBe(102_401);
    // Act
    const stored = await storeBody(blobs, 'idnow/a-delivery', body);
    // Assess
    expect(stored).toEqual({ kind: 'object', bucket: 'a-bucket', key: 'deliveries/idnow/a-delivery.gz' });
    const object = objects.get('deliveries/idnow/a-delivery.gz');
    expect(object?.contentType).toBe('application/gzip');
    expect(gunzipSync(object?.bytes ?? '').equals(body)).toBe(true);
  });

  test('that are empty are kept as well', async () => {
    const stored = await storeBody(memoryBlobs().blobs, 'idnow/a-delivery', new Uint8Array());
    expect(stored.kind === 'inline' && gunzipSync(stored.gzip).byteLength).toBe(0);
  });
});
