import { AwsClient } from 'aws4fetch';
import * as z from 'zod';
import { type Environment, readEnvironment } from './environment.ts';
import { IdvError } from './errors.ts';

/** Small objects in the evidence bucket, written whole. */
export interface BlobStore {
  readonly bucket: string;
  /** Writing the same key again with the same bytes is harmless. @throws BlobStoreError */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
}

/** The same bucket, for objects that are never written again. */
export interface WriteOnceStore {
  /** @returns false where there is an object of that key, which stays as it is. @throws BlobStoreError */
  putOnce(key: string, bytes: Uint8Array, contentType: string): Promise<boolean>;
}

class BlobStoreError extends IdvError {
  override readonly name = 'BlobStoreError';
}

const Settings = {
  // What Lambda sets, and the SDK's own variable for another endpoint.
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.string().optional(),
  AWS_ENDPOINT_URL_S3: z.url().optional(),
};

/**
 * One PUT, signed by a library of 7 KB: the receiver would carry 130 KB of the S3 client for a path that
 * one delivery in thousands takes, and load it on each cold start.
 */
export function s3BlobStore(environment: Environment, bucket: string): BlobStore & WriteOnceStore {
  const settings = readEnvironment(environment, Settings);
  const endpoint = settings.AWS_ENDPOINT_URL_S3 ?? `https://s3.${settings.AWS_REGION}.amazonaws.com`;
  const client = new AwsClient({
    service: 's3',
    region: settings.AWS_REGION,
    accessKeyId: settings.AWS_ACCESS_KEY_ID,
    secretAccessKey: settings.AWS_SECRET_ACCESS_KEY,
    ...(settings.AWS_SESSION_TOKEN ? { sessionToken: settings.AWS_SESSION_TOKEN } : {}),
    retries: 2,
  });
  return {
    bucket,
    async put(key, bytes, contentType) {
      await put(key, bytes, { 'content-type': contentType });
    },
    async putOnce(key, bytes, contentType) {
      return (await put(key, bytes, { 'content-type': contentType, 'if-none-match': '*' })) !== 412;
    },
  };

  async function put(key: string, bytes: Uint8Array, headers: Record<string, string>): Promise<number> {
    const path = key.split('/').map(encodeURIComponent).join('/');
    const response = await client.fetch(`${endpoint}/${bucket}/${path}`, {
      method: 'PUT',
      body: bytes,
      headers,
      signal: AbortSignal.timeout(5000),
    });
    await response.body?.cancel();
    // 412: the condition of `putOnce` does not hold.
    if (response.ok || response.status === 412) return response.status;
    throw new BlobStoreError(`PUT to the evidence bucket: answered ${response.status}`);
  }
}
