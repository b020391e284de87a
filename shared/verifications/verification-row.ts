import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { buildOpenCaseKey } from './open-case-index.ts';
import { Outbox } from './outbox.ts';
import { decodeRowContent, encodeRowContent } from './row-content.ts';
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

const Content = z.object({
  verification: z.omit(VerificationAfterWrite, { verificationId: true, version: true }),
  outbox: Outbox,
  unconfirmed: z.optional(
    z.array(
      z.object({ verification: z.omit(VerificationAfterWrite, { verificationId: true }), outbox: Outbox }),
    ),
  ),
});

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
export function convertWriteToAttributes({ verification, outbox }: VerificationWrite | UnconfirmedWrite) {
  const {
    verificationId,
    version,
    unconfirmed,
    nextLookupAt: _,
    ...rest
  }: VerificationAfterWrite & Partial<Verification> = verification;
  const earlier = unconfirmed && { unconfirmed: unconfirmed.map(withoutVerificationId) };
  return {
    verificationId: { S: verificationId },
    version: { S: version },
    content: { B: encodeRowContent({ ...earlier, verification: rest, outbox }) },
  };
}

/** Omits the id of the verification, which is the key of the item. */
function withoutVerificationId({ verification, outbox }: UnconfirmedWrite) {
  const { verificationId: _, ...rest } = verification;
  return { verification: rest, outbox };
}

/**
 * Parses an item of the table `Verifications`. The id of the verification comes from the item's key, so the content cannot
 * claim to be another verification.
 *
 * @param item in the format of DynamoDB and its streams, with binary values as bytes
 * @throws Error if the item does not have the format of this project
 */
export function parseVerificationItem(item: Readonly<Record<string, unknown>>): VerificationWrite {
  const attributes = Attributes.parse(item);
  const { verification, outbox, unconfirmed } = Content.parse(decodeRowContent(attributes.content.B));
  const verificationId = attributes.verificationId.S;
  const earlier = unconfirmed && {
    unconfirmed: unconfirmed.map((write) => ({
      ...write,
      verification: { ...write.verification, verificationId },
    })),
  };
  const { version, nextLookupAt } = attributes;
  return {
    verification: {
      ...verification,
      ...earlier,
      verificationId,
      version: version.S,
      nextLookupAt: nextLookupAt === undefined ? null : Number(nextLookupAt.N),
    },
    outbox,
  };
}
