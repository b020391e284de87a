import * as z from 'zod/mini';
import { emptyFindings } from '../../contract/identity.ts';
import { VerificationEventData } from '../../contract/verification-event.ts';
import { buildFindingsKey } from '../object-keys.ts';
import type { BucketObject } from './stored-object.ts';

/**
 * The fields of an event that we read to move its findings to the bucket. The findings move unchanged, and are not
 * validated again.
 */
const EventWithFindings = z.looseObject({
  dataref: z.optional(z.string()),
  data: z.looseObject({
    ...z.pick(VerificationEventData, { provider: true, verificationId: true, outcome: true }).shape,
    evidence: z.unknown(),
    claims: z.unknown(),
    submitted: z.unknown(),
    documents: z.unknown(),
    checks: z.unknown(),
    provider_data: z.unknown(),
  }),
});
type EventWithFindings = z.infer<typeof EventWithFindings>;

export interface EventWithFindingsInBucket {
  /** The event with a `dataref` instead of its findings. */
  readonly event: string;
  readonly object: BucketObject;
}

/**
 * Replaces the findings of an event by a `dataref` to an object in the bucket (CloudEvents claim check). The caller stores
 * the returned object.
 *
 * @param event the event as JSON
 * @param writeId the id of the write that sends the event. It is unique, so no other write uses the same object
 * @returns null if the event already has a `dataref`
 */
export function moveFindingsToBucket(
  event: string,
  writeId: string,
  bucket: string,
): EventWithFindingsInBucket | null {
  const { data, ...envelope } = EventWithFindings.parse(JSON.parse(event));
  if (envelope.dataref !== undefined) return null;
  const key = buildFindingsKey(data, `${writeId}${keySuffixOf(data)}`);
  return {
    event: JSON.stringify({
      ...envelope,
      dataref: `s3://${bucket}/${key}`,
      data: { ...data, ...emptyFindings },
    }),
    object: { key, bytes: Buffer.from(findingsJson(data)), contentType: 'application/json' },
  };
}

/** Returns the size of an event's findings as JSON, in bytes of UTF-8. */
export function countFindingsBytes(event: string): number {
  return Buffer.byteLength(findingsJson(EventWithFindings.parse(JSON.parse(event)).data));
}

function findingsJson({
  claims,
  submitted,
  documents,
  checks,
  provider_data,
}: EventWithFindings['data']): string {
  return JSON.stringify({ claims, submitted, documents, checks, provider_data });
}

/**
 * Returns the last part of the key of an evidence event's findings. Findings with verified claims and findings without
 * them need different keys, because objects are never overwritten. An evidence event contains claims only if the
 * verification is approved. If another writer changes the verification first, the same write is computed again, and the
 * verification may then have another outcome.
 */
function keySuffixOf({ evidence, outcome }: EventWithFindings['data']): string {
  if (evidence === null) return '';
  return outcome === 'approved' ? '/verified' : '/unverified';
}
