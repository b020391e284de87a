import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Lookup, Transition } from '../../contract/transition.ts';
import { mapIdnowStatus } from './statuses.ts';

/** Makes a lookup of what a fetched ident says. An ident that the webhook has reported already is a duplicate. */
export function makeIdentLookup(
  { sequence, verificationId }: EvidenceJob,
  ident: Transition,
): Transition<Lookup> {
  return {
    ...ident,
    verificationId,
    origin: { kind: 'lookup', requestedBy: sequence, effect: 'decide' },
  };
}

/**
 * Checks whether a fetched ident is older than the statement that requested the job. IDnow's API may answer with the ident
 * as it was before the webhook.
 */
export function isOlderThanStatement(
  { occurredAt, providerStatus }: EvidenceJob,
  ident: Pick<Transition, 'occurredAt' | 'finality'>,
): boolean {
  if (occurredAt !== null && ident.occurredAt !== null)
    return Date.parse(ident.occurredAt) < Date.parse(occurredAt);
  return ident.finality === 'provisional' && mapIdnowStatus(providerStatus)?.rule.finality === 'final';
}
