import type { VerificationEvent } from '../contract/verification-event.ts';
import { buildS3PathOfVerification } from '../verifications/object-keys.ts';
import type { Outbox } from '../verifications/outbox.ts';
import type { Verification } from '../verifications/verification.ts';

/** The verification that the key of a table item names. */
type Owner = Pick<Verification, 'provider' | 'verificationId' | 'sequence'>;

/**
 * Searches a table item for content of another verification: the item's key names one verification, but some of the
 * content may belong to another. IAM limits a function to keys of its provider, but does not check the content of
 * items. Without this check, a function of one provider could publish events about the cases of another provider. Its
 * events could also refer to the other provider's evidence.
 *
 * @param events the parsed events of the outbox
 * @returns a description of the content of another verification; null if there is none
 */
export function findContentOfOtherVerification(
  owner: Owner,
  events: readonly VerificationEvent[],
  outbox: Outbox,
): string | null {
  const { provider, verificationId } = owner;
  if (!verificationId.startsWith(`${provider}:`))
    return 'the provider of the item is not the provider in its key';
  if (!events.every((event) => isEventOf(owner, event))) return 'an event is about another verification';
  const isOwn = (job: Pick<Owner, 'provider' | 'verificationId'>) =>
    job.provider === provider && job.verificationId === verificationId;
  if (!outbox.jobs.every(isOwn)) return 'an evidence job is about another verification';
  const { delivery } = outbox;
  if (delivery === null) return null;
  if (delivery.provider !== provider) return 'the delivery is from another provider';
  const { body } = delivery;
  const isOwnBody = body.kind === 'inline' || isBelow('deliveries', owner, body.key);
  return isOwnBody ? null : 'the body of the delivery is stored below another verification';
}

/**
 * Checks all fields of an event that name a verification, including the event's id. If an event had the id of another
 * verification's event, SQS would drop the second of the two events, even though they have different message groups.
 */
function isEventOf(owner: Owner, { id, source, subject, dataref, data }: VerificationEvent): boolean {
  const { provider, verificationId, sequence } = owner;
  const { manifest = null, artifacts = [] } = data.evidence ?? {};
  const evidenceKeys = [...(manifest === null ? [] : [manifest]), ...artifacts.map(({ key }) => key)];
  return (
    subject === verificationId &&
    data.verificationId === verificationId &&
    data.provider === provider &&
    id === `${verificationId}#${data.sequence}` &&
    data.sequence <= sequence &&
    `${source}/`.startsWith(`/providers/${provider}/`) &&
    (dataref === undefined || isBelow('findings', owner, dataref.replace(/^s3:\/\/[^/]+\//, ''))) &&
    evidenceKeys.every((key) => isBelow('evidence', owner, key))
  );
}

function isBelow(area: string, owner: Owner, key: string): boolean {
  return key.startsWith(`${area}/${buildS3PathOfVerification(owner)}/`);
}
