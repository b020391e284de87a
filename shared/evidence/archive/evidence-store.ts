import { addAbortSignal, Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  NotFound,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';

/** 8 MB parts, two at a time: memory stays bounded however large the file is. */
const partBytes = 8 * 1024 * 1024;
const partsAtOnce = 2;

/** The evidence bucket. What is in it is never overwritten. */
export interface Archive {
  readonly bucket: string;
  /** Null where there is no such object. */
  contentTypeOf(key: string): Promise<string | null>;
  /**
   * Streams an object to the bucket. Nothing is stored where the body fails on the way.
   *
   * @returns false where the object is there already; the body may not have been read then
   */
  write(
    key: string,
    contentType: string,
    body: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<boolean>;
  read(key: string): Promise<AsyncIterable<Uint8Array>>;
  /** @param end inclusive, as in HTTP */
  readRange(key: string, start: number, end: number): Promise<Readable>;
}

export function s3Archive(s3: S3Client, bucket: string): Archive {
  const get = async (key: string, range?: string): Promise<Readable> => {
    const { Body: body } = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, ...(range ? { Range: range } : {}) }),
    );
    if (body instanceof Readable) return body;
    throw new TypeError('S3 answered without a body');
  };
  return {
    bucket,
    async contentTypeOf(key) {
      try {
        const { ContentType: type } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        return type ?? 'application/octet-stream';
      } catch (error) {
        if (error instanceof NotFound) return null;
        throw error;
      }
    },
    async write(key, contentType, body, signal) {
      const upload = new Upload({
        client: s3,
        params: {
          Bucket: bucket,
          Key: key,
          ContentType: contentType,
          // Not `upload.abort()`: that answers before the parts are removed, and a function that has answered
          // is frozen.
          Body: addAbortSignal(signal, Readable.from(body, { objectMode: false })),
          IfNoneMatch: '*',
        },
        partSize: partBytes,
        queueSize: partsAtOnce,
      });
      try {
        await upload.done();
        return true;
      } catch (error) {
        if (isThereAlready(error)) return false;
        throw error;
      }
    },
    read: (key) => get(key),
    readRange: (key, start, end) => get(key, `bytes=${start}-${end}`),
  };
}

/** 412: it is there. 409: another writer of the same key is just being faster. */
function isThereAlready(error: unknown): boolean {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  return status === 412 || status === 409;
}
