import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { encodeWrite } from './encode-write.ts';
import { UnreadableRowError } from './errors.ts';
import { buildOpenCaseKey } from './open-case-index.ts';
import { Outbox } from './outbox.ts';
import { compressJson, decodeRowContent } from './row-content.ts';
import { type UnconfirmedWrite, type Verification, VerificationAfterWrite } from './verification.ts';
import type { VerificationWrite } from './write.ts';

/** The attributes of an item that DynamoDB itself needs. All other data is in the attribute `content`. */
const Attributes = z.object({
  verificationId: z.object({ S: z.string() }),
  version: z.object({ S: z.string() }),
  content: z.object({ B: z.instanceof(Uint8Array) }),
  nextLookupAt: z.optional(z.object({ N: z.string() })),
});

/**
 * The attribute that `npm run republish` sets, with the time of its run, so that the stream contains the row once more. The
 * relay then also publishes the unconfirmed writes that the row carries. The next write removes the attribute.
 */
export const republishedAtAttribute = 'republishedAt';

/**
 * The attribute that `npm run republish` sets, too, if writes of the row are in the bucket: the key of one object below
 * `unconfirmed/`. The relay then publishes the writes of this object, and nothing else.
 */
export const republishedObjectAttribute = 'republishedObject';

const WriteInContent = z.object({
  verification: z.omit(VerificationAfterWrite, { verificationId: true }),
  outbox: Outbox,
});

/** The write of the row, and the unconfirmed writes before it, oldest first. */
const Content = z.tuple([WriteInContent], WriteInContent);

/**
 * Converts a write to an item of the table `Verifications`.
 *
 * @param expiresAt when DynamoDB may delete the item, in seconds since 1970; null if the item does not expire
 */
export function convertWriteToItem(
  write: VerificationWrite,
  expiresAt: number | null,
): Record<string, AttributeValue> {
  const { verification } = write;
  const { nextLookupAt } = verification;
  return {
    ...convertWriteToAttributes(write),
    ...(expiresAt === null ? {} : { expiresAt: { N: String(expiresAt) } }),
    ...(nextLookupAt === null ? {} : buildOpenCaseKey(verification, nextLookupAt)),
  };
}

/** Converts a write to the attributes that the relay reads. */
export function convertWriteToAttributes(write: VerificationWrite | UnconfirmedWrite) {
  const { verificationId, version } = write.verification;
  return {
    verificationId: { S: verificationId },
    version: { S: version },
    content: { B: encodeContent(write) },
  };
}

/** Encodes a write and its unconfirmed writes as the content of a row. */
export function encodeContent(write: VerificationWrite | UnconfirmedWrite): Buffer {
  return compressJson(encodeContentAsJson(write));
}

/** Encodes the same content as JSON, which is not compressed. */
export function encodeContentAsJson(write: VerificationWrite | UnconfirmedWrite): string {
  const { unconfirmed = [] }: Partial<Verification> = write.verification;
  return `[${[write, ...unconfirmed].map(encodeWrite).join()}]`;
}

/**
 * Parses an item of the table `Verifications`. The id of the verification comes from the item's key, so the content cannot
 * claim to be another verification.
 *
 * @param item in the format of DynamoDB and its streams, with binary values as bytes
 * @throws UnreadableRowError if the item does not have the format of this project
 */
export function parseVerificationItem(item: Readonly<Record<string, unknown>>): VerificationWrite {
  try {
    return parseItem(item);
  } catch (cause) {
    throw new UnreadableRowError(String(Object(item.verificationId).S), { cause });
  }
}

function parseItem(item: Readonly<Record<string, unknown>>): VerificationWrite {
  const attributes = Attributes.parse(item);
  const verificationId = attributes.verificationId.S;
  const [write, ...earlier] = Content.parse(decodeRowContent(attributes.content.B));
  const unconfirmed = earlier.map(({ verification, outbox }) => ({
    verification: { ...verification, verificationId },
    outbox,
  }));
  const { version, nextLookupAt } = attributes;
  return {
    verification: {
      ...write.verification,
      ...(unconfirmed.length > 0 && { unconfirmed }),
      verificationId,
      version: version.S,
      nextLookupAt: nextLookupAt === undefined ? null : Number(nextLookupAt.N),
    },
    outbox: write.outbox,
  };
}
