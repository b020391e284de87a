import * as z from 'zod';
import { ownerPath } from '../verifications/object-keys.ts';
import type { Outbox } from '../verifications/outbox.ts';
import type { Verification } from '../verifications/verification.ts';

type Owner = Pick<Verification, 'provider' | 'verificationId' | 'sequence'>;

/** What an event says about whom it is about, and where it points to. */
const EventAddress = z.object({
  id: z.string(),
  source: z.string(),
  subject: z.string(),
  dataref: z.string().optional(),
  data: z.object({
    provider: z.string(),
    verificationId: z.string(),
    sequence: z.number(),
    evidence: z
      .object({ manifest: z.string().nullable(), artifacts: z.array(z.object({ key: z.string() })) })
      .nullable(),
  }),
});

/**
 * Names what in an item is not about the verification that the item's key names; null where all of it is. IAM limits
 * a function to keys of its provider, but does not see into items: without this check, a function of one provider
 * could publish events about the cases of another, or point to their evidence.
 */
export function findForeignContent(owner: Owner, outbox: Outbox): string | null {
  const { provider, verificationId } = owner;
  if (!verificationId.startsWith(`${provider}:`)) return 'its provider is not the one in its key';
  if (!outbox.events.every((json) => isEventOf(owner, json))) return 'an event is about another verification';
  const isOwn = (job: Pick<Owner, 'provider' | 'verificationId'>) =>
    job.provider === provider && job.verificationId === verificationId;
  if (!outbox.jobs.every(isOwn)) return 'an evidence job is about another verification';
  const { delivery } = outbox;
  if (delivery === null) return null;
  if (delivery.provider !== provider) return 'its delivery is of another provider';
  const { body } = delivery;
  const isOwnBody = body.kind === 'inline' || isBelow('deliveries', owner, body.key);
  return isOwnBody ? null : 'the body of its delivery is stored elsewhere';
}

/** The id as well: SQS drops an event whose id it has seen within five minutes, whatever its message group. */
function isEventOf(owner: Owner, json: string): boolean {
  const { provider, verificationId, sequence } = owner;
  const { id, source, subject, dataref, data } = EventAddress.parse(JSON.parse(json));
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
  return key.startsWith(`${area}/${ownerPath(owner)}/`);
}
