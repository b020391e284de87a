import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { leaveUploadsUnsigned } from '../../../shared/evidence/archive/unsigned-payload.ts';

const bytes = Buffer.from('evidence');

/** Puts an object into a bucket that accepts everything. @returns the headers of the request */
async function put(checksums: 'WHEN_SUPPORTED' | 'WHEN_REQUIRED') {
  const headers: Record<string, string> = {};
  const s3 = new S3Client({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestChecksumCalculation: checksums,
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

test('the body of an upload without a CRC32 is signed, so S3 can check the body', async () => {
  const headers = await put('WHEN_REQUIRED');

  expect(headers).not.toHaveProperty('x-amz-checksum-crc32');
  expect(headers['x-amz-content-sha256']).toBe(createHash('sha256').update(bytes).digest('hex'));
});
