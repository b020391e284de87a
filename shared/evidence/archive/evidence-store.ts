import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NotFound,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { BlobStore } from '../../platform/blob-store.ts';
import { uploadInParts } from './upload-in-parts.ts';

const putTimeoutMs = 30_000;

/** The evidence bucket, with all operations of a fetcher. Objects are never overwritten. */
export interface EvidenceStore extends BlobStore {
  /**
   * Stores bytes that are in memory already.
   *
   * @param signal aborts the request; without a signal, the request is aborted after 30 s
   * @returns false if the key exists: the existing object stays as it is
   * @throws if the bucket cannot store the object now
   */
  putOnce(key: string, bytes: Uint8Array, contentType: string, signal?: AbortSignal): Promise<boolean>;
  /**
   * Streams an object to the bucket. If the body fails before its end, nothing is stored.
   *
   * @returns false if nothing was stored, because the key exists or another writer is storing it at the moment. The body
   * may then not be read to its end
   */
  putStreamOnce(
    key: string,
    body: AsyncIterable<Uint8Array>,
    contentType: string,
    signal: AbortSignal,
  ): Promise<boolean>;
  /** Returns the content type of an object. @returns null if the object does not exist */
  contentTypeOf(key: string): Promise<string | null>;
  /** Lists keys that begin with a text, at most 1000. */
  listKeys(prefix: string): Promise<string[]>;
  read(key: string): Promise<AsyncIterable<Uint8Array>>;
  /** Reads a range of an object. @param end position of the last byte of the range, as in HTTP */
  readRange(key: string, start: number, end: number): Promise<Readable>;
}

export function createS3EvidenceStore(s3: S3Client, bucket: string): EvidenceStore {
  const get = async (key: string, range?: string): Promise<Readable> => {
    const { Body: body } = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, ...(range ? { Range: range } : {}) }),
    );
    if (body instanceof Readable) return body;
    throw new TypeError('S3 returned an object without a body');
  };
  return {
    bucket,
    async putOnce(key, bytes, contentType, signal = AbortSignal.timeout(putTimeoutMs)) {
      const object = { Bucket: bucket, Key: key, Body: bytes, ContentType: contentType, IfNoneMatch: '*' };
      try {
        await s3.send(new PutObjectCommand(object), { abortSignal: signal });
        return true;
      } catch (error) {
        if (statusOf(error) === 412) return false;
        throw error;
      }
    },
    async putStreamOnce(key, body, contentType, signal) {
      try {
        await uploadInParts(s3, { Bucket: bucket, Key: key, ContentType: contentType }, body, signal);
        return true;
      } catch (error) {
        if (hasOtherWriter(error)) return false;
        throw error;
      }
    },
    async contentTypeOf(key) {
      try {
        const { ContentType: type } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        return type ?? 'application/octet-stream';
      } catch (error) {
        if (error instanceof NotFound) return null;
        throw error;
      }
    },
    async listKeys(prefix) {
      const { Contents: objects = [] } = await s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
      );
      return objects.flatMap(({ Key: key }) => key ?? []);
    },
    read: (key) => get(key),
    readRange: (key, start, end) => get(key, `bytes=${start}-${end}`),
  };
}

/** S3 answers 412 if the object exists, and 409 if another request is storing the same key at the moment. */
function hasOtherWriter(error: unknown): boolean {
  return [409, 412].includes(statusOf(error) ?? 0);
}

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
