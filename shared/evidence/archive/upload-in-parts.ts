import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { cutIntoParts, type FilePart } from './cut-into-parts.ts';

/** An upload sends parts of 8 MB, two at a time, so that even a large file needs little memory. */
const partBytes = 8 * 1024 * 1024;
const partsAtOnce = 2;

interface NewObject {
  readonly Bucket: string;
  readonly Key: string;
  readonly ContentType: string;
}

/**
 * Uploads a body to S3, and never replaces an object. A body of one part is stored by one call. If the body fails before
 * its end, nothing is stored.
 *
 * @param signal stops the upload before its next chunk. The body must end with an error if the signal is aborted
 * @throws the error of the body or of S3, after S3 has removed the uploaded parts
 */
export async function uploadInParts(
  s3: S3Client,
  object: NewObject,
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const parts = cutIntoParts(body, partBytes, signal);
  try {
    const first = await parts.next();
    if (first.done) return;
    await (first.value.isLast
      ? putObject(s3, object, first.value, signal)
      : uploadParts(s3, object, first.value, parts));
  } finally {
    await parts.return();
  }
}

async function putObject(
  s3: S3Client,
  object: NewObject,
  { bytes, crc32 }: FilePart,
  abortSignal: AbortSignal,
): Promise<void> {
  const put = new PutObjectCommand({ ...object, Body: bytes, ChecksumCRC32: crc32, IfNoneMatch: '*' });
  await s3.send(put, { abortSignal });
}

async function uploadParts(
  s3: S3Client,
  object: NewObject,
  first: FilePart,
  others: AsyncIterable<FilePart>,
): Promise<void> {
  const { Bucket, Key } = object;
  const { UploadId } = await s3.send(
    new CreateMultipartUploadCommand({ ...object, ChecksumAlgorithm: 'CRC32' }),
  );
  const upload = { Bucket, Key, UploadId };
  const send = async ({ number, bytes, crc32, release }: FilePart): Promise<CompletedPart> => {
    const part = { PartNumber: number, ChecksumCRC32: crc32 };
    const { ETag } = await s3.send(new UploadPartCommand({ ...upload, ...part, Body: bytes }));
    release();
    return { ...part, ETag };
  };
  try {
    const Parts = await sendParts(first, others, send);
    const complete = { ...upload, MultipartUpload: { Parts }, IfNoneMatch: '*' };
    await s3.send(new CompleteMultipartUploadCommand(complete));
  } catch (error) {
    // If the abort fails, the error of the upload counts. The bucket's lifecycle rule removes the parts after a day.
    await s3.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}

/**
 * Sends parts, several at a time. After a failure, the parts on their way are still sent: otherwise a part could arrive
 * after the upload was aborted, and stay in S3.
 */
async function sendParts(
  first: FilePart,
  others: AsyncIterable<FilePart>,
  send: (part: FilePart) => Promise<CompletedPart>,
): Promise<CompletedPart[]> {
  const sent: CompletedPart[] = [];
  const parts = startingWith(first, others);
  const sendUntilEnd = async () => {
    for await (const part of parts) sent[part.number - 1] = await send(part);
  };
  const senders = await Promise.allSettled(Array.from({ length: partsAtOnce }, sendUntilEnd));
  for (const sender of senders) if (sender.status === 'rejected') throw sender.reason;
  return sent;
}

async function* startingWith(first: FilePart, others: AsyncIterable<FilePart>) {
  yield first;
  yield* others;
}
