import type { EvidenceJob } from '../contract/evidence-job.ts';
import { stateOf } from '../contract/state.ts';
import type { Transition } from '../contract/transition.ts';
import type { Verification } from './verification.ts';
import type { Arrival } from './write.ts';

/**
 * The job of an accepted transition.
 *
 * @param known the verification before, `after` as it is with the transition
 */
export function archiveJob(
  known: Verification | null,
  { transition, receivedAt }: Arrival,
  after: Verification,
  isRecheck: boolean,
): EvidenceJob {
  const { provider, verificationId, providerStatus, confirmed, askedBy, fingerprint } = transition;
  const isDelivered = askedBy === undefined;
  const isToBeLookedUp = isRecheck || !confirmed;
  return {
    purpose: 'archive',
    provider,
    verificationId,
    reference: after.reference,
    sequence: after.sequence,
    providerStatus,
    requestedAt: receivedAt,
    // What changes the state is not to be said twice, and what was fetched nobody says.
    fingerprint: isDelivered && isToBeLookedUp ? fingerprint : null,
    withheld: isDelivered && isRecheck ? withheldOf(known, transition) : null,
  };
}

/** The safe side: what cannot be looked up takes an approval back, but gives none. */
function withheldOf(known: Verification | null, transition: Transition): EvidenceJob['withheld'] {
  const takesBack = known?.outcome === 'approved' && transition.outcome !== 'approved';
  if (!transition.confirmed || !takesBack) return null;
  const { rank, occurredAt } = transition;
  return { ...stateOf(transition), rank, occurredAt };
}

/** The job of a repetition that may mean something new. */
export function compareJob(known: Verification, { transition, receivedAt }: Arrival): EvidenceJob {
  const { provider, verificationId, reference, sequence } = known;
  return {
    purpose: 'compare',
    provider,
    verificationId,
    reference,
    sequence,
    providerStatus: transition.providerStatus,
    requestedAt: receivedAt,
    fingerprint: null,
    withheld: null,
  };
}
