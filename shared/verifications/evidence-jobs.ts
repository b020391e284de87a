import type { EvidenceJob } from '../contract/evidence-job.ts';
import { stateOf } from '../contract/state.ts';
import type { Transition } from '../contract/transition.ts';
import { boundReasons } from './bound-reasons.ts';
import { lastAsked } from './last-asked.ts';
import { earliestLook } from './pace.ts';
import type { Verification } from './verification.ts';
import type { Arrival } from './write.ts';

/**
 * The job of an accepted transition.
 *
 * @param known the verification before, `after` as it is with the transition
 */
export function archiveJob(
  known: Verification | null,
  arrival: Arrival,
  after: Verification,
  isRecheck: boolean,
): EvidenceJob {
  const { confirmed, askedBy, fingerprint } = arrival.transition;
  const isDelivered = askedBy === undefined;
  return {
    ...jobOf(after, arrival),
    purpose: 'archive',
    // What changes the state is not to be said twice, and what was fetched nobody says.
    fingerprint: isDelivered && (isRecheck || !confirmed) ? fingerprint : null,
    withheld: isDelivered && isRecheck ? withheldOf(known, arrival.transition) : null,
    notBefore:
      known !== null && repeatsFailure(known, arrival) ? earliestLook(known, arrival.receivedAt) : null,
  };
}

/** A hint whose evidence could not be had may be sent again, which asks for it again: see `pace.ts`. */
function repeatsFailure(known: Verification, { transition, delivery }: Arrival): boolean {
  return !transition.confirmed && delivery !== null && lastAsked(known).state === 'failed';
}

/** The job of a repetition that may mean something new. */
export function compareJob(known: Verification, arrival: Arrival): EvidenceJob {
  const notBefore = earliestLook(known, arrival.receivedAt);
  return { ...jobOf(known, arrival), purpose: 'compare', fingerprint: null, withheld: null, notBefore };
}

function jobOf(verification: Verification, { transition, receivedAt }: Arrival) {
  const { provider, verificationId, reference, sequence } = verification;
  const { providerStatus } = transition;
  return { provider, verificationId, reference, sequence, providerStatus, requestedAt: receivedAt };
}

/** The safe side: what cannot be looked up takes an approval back, but gives none. */
function withheldOf(known: Verification | null, transition: Transition): EvidenceJob['withheld'] {
  const takesBack = known?.outcome === 'approved' && transition.outcome !== 'approved';
  if (!transition.confirmed || !takesBack) return null;
  const { rank, occurredAt } = transition;
  return { ...stateOf(transition), reasons: boundReasons(transition.reasons).reasons, rank, occurredAt };
}
