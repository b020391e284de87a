import { marshall } from '@aws-sdk/util-dynamodb';
import { IdvError } from '../../platform/errors.ts';
import { countSqsBodyBytes } from '../../platform/escape-for-sqs.ts';
import { maxSqsMessageBytes } from '../../platform/sqs-size.ts';
import type { VerificationWrite } from '../write.ts';
import { countItemBytes } from './item-size.ts';
import { maxInlineBodyBytes, moveBodyToBucket } from './offload-body.ts';
import { countFindingsBytes, moveFindingsToBucket } from './offload-findings.ts';
import type { BucketObject } from './stored-object.ts';

/** The size limits of one write. The default limits stay below the limits of AWS. */
export interface WriteLimits {
  /** The maximum size of the item. DynamoDB accepts 400 KB. */
  readonly itemBytes: number;
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
  /** The maximum size of an event's findings, as JSON in UTF-8. Larger findings go to the bucket. */
  readonly findingsBytes: number;
  /** The maximum size of a compressed raw body. A larger body goes to the bucket. */
  readonly bodyBytes: number;
}

const limits: WriteLimits = {
  itemBytes: 400 * 1024 - 1024,
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
 * Makes a write fit the limits of DynamoDB (the item) and SQS (each message). If the write is too large, its findings go
 * to the bucket first, then its raw body. This function is pure: the caller stores the returned objects.
 *
 * @throws WriteTooLargeError if the write does not fit even without findings and body
 */
export function fitWriteToLimits(
  write: VerificationWrite,
  bucket: string,
  given: Partial<WriteLimits> = {},
): WriteWithinLimits {
  const max = { ...limits, ...given };
  let fitted = withBodyOffloaded({ write, objects: [] }, bucket, max.bodyBytes);
  if (write.outbox.events.some((event) => isTooLarge(event, max)) || !fits(fitted, max)) {
    fitted = withFindingsOffloaded(fitted, bucket);
  }
  if (!fits(fitted, max)) fitted = withBodyOffloaded(fitted, bucket, 0);
  if (!fits(fitted, max)) {
    const { verificationId } = write.verification;
    throw new WriteTooLargeError(`${verificationId}: ${sizeOf(fitted.write)} bytes do not fit one item`);
  }
  return fitted;
}

function isTooLarge(event: string, { eventBytes, findingsBytes }: WriteLimits): boolean {
  const bytes = countSqsBodyBytes(event);
  if (bytes > eventBytes) return true;
  // An event of at most `findingsBytes` needs no further check: its findings are a part of it, so they are not larger.
  return bytes > findingsBytes && countFindingsBytes(event) > findingsBytes;
}

function fits({ write }: WriteWithinLimits, max: WriteLimits): boolean {
  const { events, jobs } = write.outbox;
  const messages = [...events, ...jobs.map((job) => JSON.stringify(job))];
  return (
    sizeOf(write) <= max.itemBytes &&
    messages.every((message) => countSqsBodyBytes(message) <= max.messageBytes)
  );
}

/** Returns the size of the item in bytes, with its `expiresAt`. */
function sizeOf({ verification, outbox }: VerificationWrite): number {
  return countItemBytes(marshall({ ...verification, outbox, expiresAt: 0 }, { removeUndefinedValues: true }));
}

function withFindingsOffloaded({ write, objects }: WriteWithinLimits, bucket: string): WriteWithinLimits {
  const { writeId, events } = write.outbox;
  const moved = events.map((event) => ({ event, offloaded: moveFindingsToBucket(event, writeId, bucket) }));
  return {
    write: {
      ...write,
      outbox: { ...write.outbox, events: moved.map(({ event, offloaded }) => offloaded?.event ?? event) },
    },
    objects: [...objects, ...moved.flatMap(({ offloaded }) => offloaded?.object ?? [])],
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
