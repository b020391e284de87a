import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { leaveUploadsUnsigned } from '../../../shared/evidence/archive/unsigned-payload.ts';

const bytes = Buffer.from('evidence');

/** What the SDK hashed to sign a request. */
const hashed: (string | Uint8Array)[] = [];

/** SHA-256, or HMAC with a secret, that records its input. */
class RecordingSha256 {
  readonly #hash: Hash | Hmac;
  constructor(secret?: unknown) {
    const key = typeof secret === 'string' || secret instanceof Uint8Array ? secret : null;
    this.#hash = key === null ? createHash('sha256') : createHmac('sha256', key);
  }
  update(data: string | Uint8Array): void {
    hashed.push(data);
    this.#hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
  reset(): void {}
}

/** Puts an object into a bucket that accepts everything. @returns the headers of the request */
async function put(checksums: 'WHEN_SUPPORTED' | 'WHEN_REQUIRED') {
  const headers: Record<string, string> = {};
  const s3 = new S3Client({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestChecksumCalculation: checksums,
    sha256: RecordingSha256,
    requestHandler: {
      handle: async (request: { headers: Record<string, string> }) => {
        Object.assign(headers, request.headers);
        return { response: { statusCode: 200, headers: {} } };
      },
    },
  });
  await leaveUploadsUnsigned(s3).send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: bytes }));
  return headers;
}

test('the body of an upload is not signed, but its CRC32 is', async () => {
  const headers = await put('WHEN_SUPPORTED');

  expect(headers).toMatchObject({
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-amz-checksum-crc32': Buffer.from(crc32(bytes).toString(16).padStart(8, '0'), 'hex').toString('base64'),
  });
  expect(headers.authorization).toMatch(/SignedHeaders=[^,]*x-amz-checksum-crc32;x-amz-content-sha256/);
});

test('the signature is computed without a SHA-256 of the body, and covers the header UNSIGNED-PAYLOAD', async () => {
  hashed.length = 0;
  await put('WHEN_SUPPORTED');
  const texts = hashed.map((data) => Buffer.from(data).toString());
  expect(texts).not.toContain(bytes.toString());
  expect(texts.filter((text) => text.endsWith('\nUNSIGNED-PAYLOAD'))).toHaveLength(1);
});

test('the body of an upload without a CRC32 is signed, so S3 can check the body', async () => {
  const headers = await put('WHEN_REQUIRED');

  expect(headers).not.toHaveProperty('x-amz-checksum-crc32');
  expect(headers['x-amz-content-sha256']).toBe(createHash('sha256').update(bytes).digest('hex'));
});
