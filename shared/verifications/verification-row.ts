import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { buildOpenCaseKey } from './open-case-index.ts';
import { Outbox } from './outbox.ts';
import { decodeRowContent, encodeRowContent } from './row-content.ts';
import { Verification } from './verification.ts';
import type { VerificationWrite } from './write.ts';

/** The attributes of an item that DynamoDB itself needs. All other data is in the attribute `content`. */
const Attributes = z.object({
  verificationId: z.object({ S: z.string() }),
  version: z.object({ S: z.string() }),
  content: z.object({ B: z.instanceof(Uint8Array) }),
});

const Content = z.object({
  verification: z.omit(Verification, { verificationId: true, version: true }),
  outbox: Outbox,
});

/**
 * Converts a write to an item of the table `Verifications`.
 *
 * @param expiresAt when DynamoDB may delete the item, in seconds since 1970
 */
export function convertWriteToItem(
  { verification, outbox }: VerificationWrite,
  expiresAt: number,
): Record<string, AttributeValue> {
  const { verificationId, version, ...rest } = verification;
  const { nextLookupAt } = verification.schedule;
  return {
    verificationId: { S: verificationId },
    version: { S: version },
    expiresAt: { N: String(expiresAt) },
    ...(nextLookupAt === null ? {} : buildOpenCaseKey(verification, nextLookupAt)),
    content: { B: encodeRowContent({ verification: rest, outbox }) },
  };
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
  const { verification, outbox } = Content.parse(decodeRowContent(attributes.content.B));
  return {
    verification: {
      ...verification,
      verificationId: attributes.verificationId.S,
      version: attributes.version.S,
    },
    outbox,
  };
}
