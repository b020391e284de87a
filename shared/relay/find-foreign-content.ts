import { buildS3PathOfVerification } from '../verifications/object-keys.ts';
import type { Outbox } from '../verifications/outbox.ts';
import type { VerificationAfterWrite } from '../verifications/verification.ts';

/** The verification that the key of a table item names. */
type Owner = Pick<VerificationAfterWrite, 'provider' | 'verificationId'>;

/**
 * Searches a table item for content of another verification: the item's key names one verification, but some of the
 * content may belong to another. IAM limits a function to keys of its provider, but does not check the content of
 * items. Without this check, a function of one provider could publish events that refer to the evidence of another
 * provider, or send jobs to its queue. The id of the verification itself needs no check, because it comes from the key.
 *
 * @param bucket the evidence bucket. A row must not refer to objects in another bucket
 * @returns a description of the content of another verification; null if there is none
 */
export function findContentOfOtherVerification(
  verification: VerificationAfterWrite,
  outbox: Outbox,
  bucket: string,
): string | null {
  const { provider, verificationId, source, findings, evidence, final } = verification;
  if (!verificationId.startsWith(`${provider}:`))
    return 'the provider of the item is not the provider in its key';
  if (!`${source}/`.startsWith(`/providers/${provider}/`)) return 'the source is another provider';
  const { supersedes = null } = outbox.event ?? {};
  const namedEvents = [supersedes, final?.eventId ?? null];
  if (namedEvents.some((id) => id !== null && !id.startsWith(`${verificationId}#`)))
    return 'an event id belongs to another verification';
  if (findings.object !== null && !isBelow('findings', verification, findings.object.folder))
    return 'the findings are stored below another verification';
  const { manifest = null, artifacts = [] } = evidence ?? {};
  const evidenceKeys = [...(manifest === null ? [] : [manifest]), ...artifacts.map(({ key }) => key)];
  if (!evidenceKeys.every((key) => isBelow('evidence', verification, key)))
    return 'the evidence is stored below another verification';
  if (bucketsOf(verification, outbox).some((each) => each !== bucket))
    return 'an object is stored in another bucket';
  return findForeignOutboxContent(verification, outbox);
}

function findForeignOutboxContent(owner: Owner, { jobs, delivery }: Outbox): string | null {
  const { provider, verificationId } = owner;
  const isOwn = (job: Owner) => job.provider === provider && job.verificationId === verificationId;
  if (!jobs.every(isOwn)) return 'an evidence job is about another verification';
  if (delivery === null) return null;
  if (delivery.provider !== provider) return 'the delivery is from another provider';
  const { body } = delivery;
  const isOwnBody = body.kind !== 'object' || isBelow('deliveries', owner, body.key);
  return isOwnBody ? null : 'the body of the delivery is stored below another verification';
}

/** Returns the buckets of all objects that a row refers to. */
function bucketsOf({ findings, evidence }: VerificationAfterWrite, { delivery }: Outbox): string[] {
  const body = delivery?.body.kind === 'object' ? delivery.body.bucket : null;
  const buckets = [findings.object?.bucket ?? null, evidence?.bucket ?? null, body];
  return buckets.filter((bucket) => bucket !== null);
}

/** Checks that a key names an object with unconfirmed writes of this verification. */
export function isBelowUnconfirmed(owner: Owner, key: string): boolean {
  return isBelow('unconfirmed', owner, key);
}

function isBelow(area: string, owner: Owner, key: string): boolean {
  return key.startsWith(`${area}/${buildS3PathOfVerification(owner)}/`) && !key.split('/').includes('..');
}
