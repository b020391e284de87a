import * as z from 'zod';
import type { Outbox } from '../verifications/outbox.ts';
import type { Verification } from '../verifications/verification.ts';

type Owner = Pick<Verification, 'provider' | 'verificationId'>;

/** What an event says about whom it is about. */
const EventAddress = z.object({
  id: z.string(),
  source: z.string(),
  subject: z.string(),
  data: z.object({ provider: z.string(), verificationId: z.string() }),
});

/**
 * Names what in an item is not about the verification that the item's key names; null where all of it is. IAM limits
 * a function to keys of its provider, but does not see into items: without this check, a function of one provider
 * could publish events about the cases of another.
 */
export function foreignContentOf(owner: Owner, outbox: Outbox): string | null {
  const { provider, verificationId } = owner;
  if (!verificationId.startsWith(`${provider}:`)) return 'its provider is not the one in its key';
  if (!outbox.events.every((json) => isEventOf(owner, json))) return 'an event is about another verification';
  const isOwn = (job: Owner) => job.provider === provider && job.verificationId === verificationId;
  if (!outbox.jobs.every(isOwn)) return 'an evidence job is about another verification';
  const { delivery } = outbox;
  return delivery !== null && delivery.provider !== provider ? 'its delivery is of another provider' : null;
}

/** The id as well: SQS drops an event whose id it has seen within five minutes, whatever its message group. */
function isEventOf({ provider, verificationId }: Owner, json: string): boolean {
  const { id, source, subject, data } = EventAddress.parse(JSON.parse(json));
  return (
    subject === verificationId &&
    data.verificationId === verificationId &&
    data.provider === provider &&
    id.startsWith(`${verificationId}#`) &&
    `${source}/`.startsWith(`/providers/${provider}/`)
  );
}
