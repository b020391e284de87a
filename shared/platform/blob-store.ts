import { crc32 } from 'node:zlib';
import { partition } from '@aws-sdk/core/client';
import { AwsClient } from 'aws4fetch';
import * as z from 'zod/mini';
import { encodeCrc32 } from './encode-crc32.ts';
import { type EnvironmentVariables, readEnvironmentVariables } from './environment.ts';
import { IdvError } from './errors.ts';

/** Stores small objects in the evidence bucket. An object is written once and never overwritten. */
export interface BlobStore {
  readonly bucket: string;
  /**
   * Stores an object.
   *
   * @returns false if an object with this key exists; it stays unchanged
   * @throws BlobStoreError if S3 answers with another error
   */
  putOnce(key: string, bytes: Uint8Array, contentType: string): Promise<boolean>;
}

/** Reads objects of the evidence bucket. */
export interface BlobReader {
  /**
   * Reads an object.
   *
   * @returns null if there is no object with this key
   * @throws BlobStoreError if S3 does not answer, or answers with another error: another try may succeed
   */
  get(key: string): Promise<Uint8Array | null>;
}

/** Thrown if an object could not be stored or read. Another try may succeed. */
export class BlobStoreError extends IdvError {
  override readonly name = 'BlobStoreError';
}

const Settings = {
  // Lambda sets the region and the credentials. The last two are the AWS SDK's variables for another endpoint: of S3, and
  // of all services.
  AWS_REGION: z.string(),
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_SESSION_TOKEN: z.optional(z.string()),
  AWS_ENDPOINT_URL_S3: z.optional(z.url()),
  AWS_ENDPOINT_URL: z.optional(z.url()),
};

/** Creates the blob store on S3. */
export function createS3BlobStore(environment: EnvironmentVariables, bucket: string): BlobStore {
  const request = createS3Requests(environment, bucket);
  return {
    bucket,
    async putOnce(key, bytes, contentType) {
      const headers = {
        'content-type': contentType,
        'if-none-match': '*',
        // A bucket with Object Lock refuses an object without a checksum.
        'x-amz-checksum-crc32': encodeCrc32(crc32(bytes)),
      };
      const response = await request(key, { method: 'PUT', body: bytes, headers });
      await response.body?.cancel();
      if (response.ok) return true;
      if (response.status === 412) return false;
      throw new BlobStoreError(`S3 answered ${response.status} to a PUT in the evidence bucket`);
    },
  };
}

/** Creates the reader of objects on S3. It needs the permission to list the bucket: without it, S3 hides what is missing. */
export function createS3BlobReader(environment: EnvironmentVariables, bucket: string): BlobReader {
  const request = createS3Requests(environment, bucket);
  return {
    async get(key) {
      try {
        const response = await request(key, { method: 'GET' });
        if (response.ok) return new Uint8Array(await response.arrayBuffer());
        await response.body?.cancel();
        if (response.status === 404) return null;
        throw new BlobStoreError(`S3 answered ${response.status} to a GET in the evidence bucket`);
      } catch (cause) {
        if (cause instanceof BlobStoreError) throw cause;
        throw new BlobStoreError('S3 did not answer to a GET in the evidence bucket', { cause });
      }
    },
  };
}

/**
 * Creates the function that sends signed requests to S3. A library of 7 KB signs them. The S3 client of the AWS SDK would
 * make the receiver 130 KB larger and each cold start slower, but only one delivery in thousands needs S3.
 */
function createS3Requests(environment: EnvironmentVariables, bucket: string) {
  const settings = readEnvironmentVariables(environment, Settings);
  const endpoint =
    settings.AWS_ENDPOINT_URL_S3 ?? settings.AWS_ENDPOINT_URL ?? buildS3Endpoint(settings.AWS_REGION);
  const client = new AwsClient({
    service: 's3',
    region: settings.AWS_REGION,
    accessKeyId: settings.AWS_ACCESS_KEY_ID,
    secretAccessKey: settings.AWS_SECRET_ACCESS_KEY,
    ...(settings.AWS_SESSION_TOKEN ? { sessionToken: settings.AWS_SESSION_TOKEN } : {}),
    retries: 2,
  });
  return (key: string, request: RequestInit): Promise<Response> => {
    const path = key.split('/').map(encodePathSegment).join('/');
    const signal = AbortSignal.timeout(5000);
    return client.fetch(`${endpoint}/${bucket}/${path}`, { ...request, signal });
  };
}

/** Each partition of AWS has its own domain: China and the European Sovereign Cloud do not use `amazonaws.com`. */
function buildS3Endpoint(region: string): string {
  return `https://s3.${region}.${partition(region).dnsSuffix}`;
}

/**
 * Encodes a segment of a path as its signature does (RFC 3986). Keys contain `!`, which `encodeURIComponent` leaves as it is:
 * a server that does not encode it for the signature would refuse the request.
 */
function encodePathSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
