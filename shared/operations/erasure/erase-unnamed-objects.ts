import { GetObjectCommand, NoSuchKey, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { OperatedStack } from '../stack/operated-stack.ts';

/** A stack with a bucket, and a client that reads it. */
interface StackWithBucket extends Pick<OperatedStack, 'evidenceBucket'> {
  readonly aws: Pick<OperatedStack['aws'], 's3'>;
}

/**
 * Finds objects that name a case in their content, because their key names none: records that the relay could not read, and
 * batches of stream records that a function could not handle for 12 hours. Both are rare, and an alarm rings for each.
 *
 * @returns their keys
 */
export async function findUnnamedObjects(
  stack: StackWithBucket,
  prefix: 'parked/unreadable/' | 'aws/lambda/',
  verificationId: string,
): Promise<string[]> {
  const pages = paginateListObjectsV2(
    { client: stack.aws.s3 },
    { Bucket: stack.evidenceBucket, Prefix: prefix },
  );
  const found: string[] = [];
  for await (const { Contents: objects = [] } of pages) {
    for (const { Key: key = '' } of objects) {
      if (namesCase(await readText(stack, key), verificationId)) found.push(key);
    }
  }
  return found;
}

async function readText({ aws, evidenceBucket }: StackWithBucket, Key: string): Promise<string> {
  try {
    const { Body: body } = await aws.s3.send(new GetObjectCommand({ Bucket: evidenceBucket, Key }));
    return (await body?.transformToString()) ?? '';
  } catch (error) {
    if (error instanceof NoSuchKey) return '';
    throw error;
  }
}

/** The id stands in quotes, which are escaped in a message, or before `#` in the id of an event: `txn-1` is not `txn-10`. */
function namesCase(text: string, verificationId: string): boolean {
  return ['"', '\\"', '#'].some((end) => text.includes(`"${verificationId}${end}`));
}
