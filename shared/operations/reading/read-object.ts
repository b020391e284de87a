import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import type { OperatedStack } from '../stack/operated-stack.ts';

/** The clients with which an operation reads objects. */
export interface StackWithObjects {
  readonly aws: Pick<OperatedStack['aws'], 's3'>;
}

/** Reads a whole object into memory. @returns null if the bucket does not have the object */
export async function readObject(
  { aws }: StackWithObjects,
  { bucket, key }: { readonly bucket: string; readonly key: string },
): Promise<Uint8Array | null> {
  try {
    const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToByteArray()) ?? null;
  } catch (error) {
    if (error instanceof NoSuchKey) return null;
    throw error;
  }
}
