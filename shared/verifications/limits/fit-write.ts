import { marshall } from '@aws-sdk/util-dynamodb';
import { IdvError } from '../../platform/errors.ts';
import { maxMessageBytes } from '../../platform/sqs-size.ts';
import { sqsBytes } from '../../platform/sqs-text.ts';
import type { Write } from '../write.ts';
import { bodyOutside, maxInlineBodyBytes } from './body-outside.ts';
import { findingsLength, findingsOutside } from './findings-outside.ts';
import { itemBytes } from './item-size.ts';
import type { StoredObject } from './stored-object.ts';

/** What one write may take. The defaults leave room below what AWS takes at most. */
export interface Limits {
  /** DynamoDB takes an item of 400 KB. */
  readonly itemBytes: number;
  /** Of a message's body, escapes included: SQS counts its attributes as well. */
  readonly messageBytes: number;
  /** An event that is longer leaves its findings in the bucket, as SQS counts. */
  readonly eventBytes: number;
  /** Findings that are longer are left in the bucket in any case: of their JSON in UTF-8. */
  readonly findingsBytes: number;
  readonly bodyBytes: number;
}

const limits: Limits = {
  itemBytes: 400 * 1024 - 1024,
  messageBytes: maxMessageBytes - 4096,
  eventBytes: 200 * 1024,
  findingsBytes: 184 * 1024,
  bodyBytes: maxInlineBodyBytes,
};

/** A write as the table takes it, and the objects that must be in the bucket before. */
export interface FittedWrite {
  readonly write: Write;
  readonly objects: readonly StoredObject[];
}

/** Thrown where a write does not fit although all that may be elsewhere is: a list in it is not bounded. */
class WriteTooLargeError extends IdvError {
  override readonly name = 'WriteTooLargeError';
}

/**
 * Decides what of a write stays in its item and what goes to the bucket, so that everything that the write stores fits
 * together: the item DynamoDB, and each message SQS. Findings go first, then the raw body. Pure.
 *
 * @throws WriteTooLargeError
 */
export function fitWrite(write: Write, bucket: string, given: Partial<Limits> = {}): FittedWrite {
  const max = { ...limits, ...given };
  let fitted = moveBody({ write, objects: [] }, bucket, max.bodyBytes);
  if (write.outbox.events.some((event) => isTooLong(event, max)) || !fits(fitted, max)) {
    fitted = moveFindings(fitted, bucket);
  }
  if (!fits(fitted, max)) fitted = moveBody(fitted, bucket, 0);
  if (!fits(fitted, max)) {
    const { verificationId } = write.verification;
    throw new WriteTooLargeError(`${verificationId}: ${sizeOf(fitted.write)} bytes do not fit one item`);
  }
  return fitted;
}

function isTooLong(event: string, { eventBytes, findingsBytes }: Limits): boolean {
  const bytes = sqsBytes(event);
  if (bytes > eventBytes) return true;
  // Findings are a part of the event: those of a short one need no measuring.
  return bytes > findingsBytes && findingsLength(event) > findingsBytes;
}

function fits({ write }: FittedWrite, max: Limits): boolean {
  const { events, jobs } = write.outbox;
  const messages = [...events, ...jobs.map((job) => JSON.stringify(job))];
  return sizeOf(write) <= max.itemBytes && messages.every((message) => sqsBytes(message) <= max.messageBytes);
}

/** Of the item, with its `expiresAt`. */
function sizeOf({ verification, outbox }: Write): number {
  return itemBytes(marshall({ ...verification, outbox, expiresAt: 0 }, { removeUndefinedValues: true }));
}

function moveFindings({ write, objects }: FittedWrite, bucket: string): FittedWrite {
  const { writeId, events } = write.outbox;
  const moved = events.map((event) => ({ event, outside: findingsOutside(event, writeId, bucket) }));
  return {
    write: {
      ...write,
      outbox: { ...write.outbox, events: moved.map(({ event, outside }) => outside?.event ?? event) },
    },
    objects: [...objects, ...moved.flatMap(({ outside }) => outside?.object ?? [])],
  };
}

function moveBody({ write, objects }: FittedWrite, bucket: string, maxBytes: number): FittedWrite {
  const { delivery } = write.outbox;
  if (delivery === null) return { write, objects };
  const moved = bodyOutside(delivery, write.verification.verificationId, bucket, maxBytes);
  return {
    write: { ...write, outbox: { ...write.outbox, delivery: moved.delivery } },
    objects: [...objects, ...moved.objects],
  };
}
