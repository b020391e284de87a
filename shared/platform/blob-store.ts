import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Small objects in the evidence bucket, written whole. */
export interface BlobStore {
  readonly bucket: string;
  /** Writing the same key again with the same bytes is harmless. */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
}

export function s3BlobStore(s3: S3Client, bucket: string): BlobStore {
  return {
    bucket,
    async put(key, bytes, contentType) {
      await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes, ContentType: contentType }),
      );
    },
  };
}
