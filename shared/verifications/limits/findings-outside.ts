import * as z from 'zod';
import { noFindings } from '../../contract/identity.ts';
import { VerificationEventData } from '../../contract/verification-event.ts';
import { findingsKey } from '../object-keys.ts';
import type { StoredObject } from './stored-object.ts';

/** Of an event of ours, what tells where its findings belong. Findings pass as they are, not validated again. */
const Sent = z.looseObject({
  dataref: z.string().optional(),
  data: z.looseObject({
    ...VerificationEventData.pick({ provider: true, verificationId: true, outcome: true }).shape,
    evidence: z.unknown(),
    claims: z.unknown(),
    submitted: z.unknown(),
    documents: z.unknown(),
    checks: z.unknown(),
    provider_data: z.unknown(),
  }),
});
type Sent = z.infer<typeof Sent>;

export interface FindingsOutside {
  /** The event with a `dataref` in place of its findings. */
  readonly event: string;
  readonly object: StoredObject;
}

/**
 * Moves the findings of an event to an object of its verification (CloudEvents `dataref`, the claim check).
 *
 * @param event JSON of an event of ours
 * @param writeId of the write that sends it: unique, so that the object is never another write's
 * @returns null where the findings have been moved already
 */
export function findingsOutside(event: string, writeId: string, bucket: string): FindingsOutside | null {
  const { data, ...envelope } = Sent.parse(JSON.parse(event));
  if (envelope.dataref !== undefined) return null;
  const key = findingsKey(data, `${writeId}${formOf(data)}`);
  return {
    event: JSON.stringify({
      ...envelope,
      dataref: `s3://${bucket}/${key}`,
      data: { ...data, ...noFindings },
    }),
    object: { key, bytes: Buffer.from(findingsJson(data)), contentType: 'application/json' },
  };
}

/** The bytes of an event's findings, as JSON in UTF-8. */
export function findingsLength(event: string): number {
  return Buffer.byteLength(findingsJson(Sent.parse(JSON.parse(event)).data));
}

function findingsJson({ claims, submitted, documents, checks, provider_data }: Sent['data']): string {
  return JSON.stringify({ claims, submitted, documents, checks, provider_data });
}

/**
 * Evidence is told with claims where the verification is approved, and without where it is not. A write that is decided
 * again, because another one was faster, may need the other form: the two have keys of their own.
 */
function formOf({ evidence, outcome }: Sent['data']): string {
  if (evidence === null) return '';
  return outcome === 'approved' ? '/verified' : '/unverified';
}
