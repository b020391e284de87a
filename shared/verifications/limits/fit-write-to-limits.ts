import { IdvError } from '../../platform/errors.ts';
import { countSqsBodyBytes } from '../../platform/escape-for-sqs.ts';
import { maxSqsMessageBytes } from '../../platform/sqs-size.ts';
import { buildEvent } from '../build-event.ts';
import { encodeWrite } from '../encode-write.ts';
import { compressJson } from '../row-content.ts';
import { encodeContent, encodeContentAsJson } from '../verification-row.ts';
import type { VerificationWrite } from '../write.ts';
import { maxInlineBodyBytes, moveBodyToBucket } from './offload-body.ts';
import { moveFindingsToBucket } from './offload-findings.ts';
import { moveUnconfirmedWritesToBucket } from './offload-unconfirmed.ts';
import type { BucketObject } from './stored-object.ts';

/** The size limits of one write, in bytes. The default limits stay below the limits of AWS. */
export interface WriteLimits {
  /**
   * The maximum size of an item's compressed content. DynamoDB accepts 400 KB per item, in the verifications and in the
   * history. The other attributes of an item take less than 8 KB.
   */
  readonly contentBytes: number;
  /**
   * The maximum size of a message's body, as SQS counts bytes. It is below the limit of SQS, because SQS also counts
   * the attributes.
   */
  readonly messageBytes: number;
  /**
   * The maximum size of an event that contains its findings, as SQS counts bytes. The findings of a larger event go to
   * the bucket.
   */
  readonly eventBytes: number;
  /** The maximum size of findings in a row, as JSON in UTF-8. Larger findings go to the bucket. */
  readonly findingsBytes: number;
  /** The maximum size of a compressed raw body. A larger body goes to the bucket. */
  readonly bodyBytes: number;
}

const limits: WriteLimits = {
  contentBytes: 392 * 1024,
  messageBytes: maxSqsMessageBytes - 4096,
  eventBytes: 200 * 1024,
  findingsBytes: 184 * 1024,
  bodyBytes: maxInlineBodyBytes,
};

/** A write that is small enough for the table, and the objects that must be in the bucket before this write. */
export interface WriteWithinLimits {
  readonly write: VerificationWrite;
  readonly objects: readonly BucketObject[];
}

/**
 * Thrown if a write does not fit the table, even after its findings and its body went to the bucket. The cause is a
 * list whose length the code should limit.
 */
class WriteTooLargeError extends IdvError {
  override readonly name = 'WriteTooLargeError';
}

/**
 * Makes a write fit the limits of DynamoDB (the item) and SQS (each message). A part that exceeds its own limit goes to the
 * bucket. If the write is still too large, the unconfirmed writes follow, then its findings, then its raw body. This function is pure: the caller stores the returned objects.
 *
 * @throws WriteTooLargeError if the write does not fit even without findings and body
 */
export function fitWriteToLimits(
  write: VerificationWrite,
  bucket: string,
  given: Partial<WriteLimits> = {},
): WriteWithinLimits {
  const max = { ...limits, ...given };
  if (isSmall(write, max)) return { write, objects: [] };
  let fitted = withBodyOffloaded({ write, objects: [] }, bucket, max.bodyBytes);
  if (hasLargeFindings(fitted.write, max)) fitted = withFindingsOffloaded(fitted, bucket);
  if (!fits(fitted.write, max)) fitted = withUnconfirmedOffloaded(fitted);
  if (!fits(fitted.write, max)) fitted = withFindingsOffloaded(fitted, bucket);
  if (!fits(fitted.write, max)) fitted = withBodyOffloaded(fitted, bucket, 0);
  if (!fits(fitted.write, max)) {
    const { verificationId } = write.verification;
    const bytes = encodeContent(fitted.write).byteLength;
    throw new WriteTooLargeError(`${verificationId}: ${bytes} bytes do not fit one item`);
  }
  return fitted;
}

/**
 * Checks cheaply whether a write is far below all limits, as almost every write is. One character of JSON takes at most
 * three bytes in UTF-8, and at most six as SQS counts bytes. Compressed content is hardly longer than its text. The
 * unconfirmed writes are left out: they are in no message, and `moveLongUnconfirmedWrites` has limited them.
 */
function isSmall(write: VerificationWrite, max: WriteLimits): boolean {
  const { length } = encodeWrite(write);
  const smallest = Math.min(
    max.contentBytes,
    max.messageBytes,
    max.eventBytes,
    max.findingsBytes,
    max.bodyBytes,
  );
  return length * 6 <= smallest;
}

function hasLargeFindings({ verification, outbox }: VerificationWrite, max: WriteLimits): boolean {
  const { inline } = verification.findings;
  if (Buffer.byteLength(JSON.stringify(inline)) > max.findingsBytes) return true;
  return outbox.event !== null && bytesOfEvent(verification, outbox.event) > max.eventBytes;
}

function fits(write: VerificationWrite, max: WriteLimits): boolean {
  const { verification, outbox } = write;
  const jobs = outbox.jobs.map((job) => countSqsBodyBytes(JSON.stringify(job)));
  const event = outbox.event === null ? [] : [bytesOfEvent(verification, outbox.event)];
  return (
    [...event, ...jobs].every((bytes) => bytes <= max.messageBytes) && contentFits(write, max.contentBytes)
  );
}

/** Checks the size of the content. Compresses it only if it may be too large: gzip adds less than 1% to any text. */
function contentFits(write: VerificationWrite, maxBytes: number): boolean {
  const json = encodeContentAsJson(write);
  return Buffer.byteLength(json) * 1.01 + 100 <= maxBytes || compressJson(json).byteLength <= maxBytes;
}

function bytesOfEvent(...event: Parameters<typeof buildEvent>): number {
  return countSqsBodyBytes(JSON.stringify(buildEvent(...event)));
}

function withUnconfirmedOffloaded({ write, objects }: WriteWithinLimits): WriteWithinLimits {
  const moved = moveUnconfirmedWritesToBucket(write);
  return { write: moved.write, objects: [...objects, ...moved.objects] };
}

function withFindingsOffloaded({ write, objects }: WriteWithinLimits, bucket: string): WriteWithinLimits {
  const moved = moveFindingsToBucket(write.verification, bucket);
  if (moved === null) return { write, objects };
  return {
    write: { ...write, verification: moved.verification },
    objects: [...objects, ...moved.objects],
  };
}

function withBodyOffloaded(
  { write, objects }: WriteWithinLimits,
  bucket: string,
  maxBytes: number,
): WriteWithinLimits {
  const { delivery } = write.outbox;
  if (delivery === null) return { write, objects };
  const moved = moveBodyToBucket(delivery, write.verification.verificationId, bucket, maxBytes);
  return {
    write: { ...write, outbox: { ...write.outbox, delivery: moved.delivery } },
    objects: [...objects, ...moved.objects],
  };
}
