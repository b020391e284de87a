import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import type { StoredBody } from '../../verifications/delivery.ts';
import { restoreRawBody } from '../../verifications/raw-body.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';

/** A body is 10 MB at most, the limit of API Gateway. */
const maxBodyBytes = 10 * 1024 * 1024;

/**
 * Reads the raw body of a delivery, from its row or from the bucket.
 *
 * @returns the bytes as the provider sent them; null if the bucket no longer has the object
 */
export async function readDeliveryBody(
  { aws }: { readonly aws: Pick<OperatedStack['aws'], 's3'> },
  body: StoredBody,
): Promise<Buffer | null> {
  if (body.kind !== 'object') return restoreRawBody(body);
  try {
    const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: body.bucket, Key: body.key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    return await promisify(gunzip)(bytes, { maxOutputLength: maxBodyBytes });
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}
