import type { EvidenceJob, OnNothing } from '../contract/evidence-job.ts';
import { stateOf } from '../contract/state.ts';
import type { Transition } from '../contract/transition.ts';
import type { Accepted } from '../ordering/decision.ts';
import { boundReasons } from '../verifications/limits/bound-reasons.ts';
import type { Verification } from '../verifications/verification.ts';
import type { Arrival } from '../verifications/write.ts';
import { earliestLook } from './pace.ts';

/**
 * The job of an accepted transition.
 *
 * @param known the verification before the transition
 * @param after the verification with the transition
 */
export function archiveJob(
  known: Verification | null,
  arrival: Arrival,
  after: Verification,
  decision: Accepted,
): EvidenceJob {
  return {
    ...jobOf(after, arrival),
    purpose: 'archive',
    notBefore:
      known !== null && repeatsFailure(known, arrival) ? earliestLook(known, arrival.receivedAt) : null,
    onNothing: onNothingOf(known, arrival.transition, decision),
  };
}

/**
 * A hint whose evidence could not be had may be sent again, which requests it again: see `pace.ts`. A hint that is new
 * does not wait, whatever became of others.
 */
function repeatsFailure({ failedHints }: Verification, { transition }: Arrival): boolean {
  return failedHints.includes(transition.fingerprint);
}

/** The job of a repetition that may mean something new. */
export function compareJob(known: Verification, arrival: Arrival): EvidenceJob {
  const notBefore = earliestLook(known, arrival.receivedAt);
  return { ...jobOf(known, arrival), purpose: 'compare', notBefore, onNothing: { kind: 'keep' } };
}

function jobOf(verification: Verification, { transition, receivedAt }: Arrival) {
  const { provider, verificationId, reference, sequence } = verification;
  const { providerStatus } = transition;
  return { provider, verificationId, reference, sequence, providerStatus, requestedAt: receivedAt };
}

/**
 * ```
 * origin      decision           what follows if the job finds nothing
 * ---------   ----------------   -------------------------------------
 * hint        any                forget: a hint does nothing but request this job
 * statement   state, revision    keep: the statement has taken effect
 * statement   recheck            forget; apply it if it takes back an approval, because the safe side counts
 * lookup      any                keep: nobody can send a lookup again
 * ```
 */
function onNothingOf(known: Verification | null, transition: Transition, { change }: Accepted): OnNothing {
  const { origin, fingerprint, rank, occurredAt, reasons } = transition;
  switch (origin.kind) {
    case 'hint':
      return { kind: 'forget', fingerprint };
    case 'statement': {
      if (change !== 'recheck') return { kind: 'keep' };
      const takesBackApproval = known?.outcome === 'approved' && transition.outcome !== 'approved';
      if (!takesBackApproval) return { kind: 'forget', fingerprint };
      const state = { ...stateOf(transition), reasons: boundReasons(reasons).reasons };
      return { kind: 'apply', fingerprint, statement: { ...state, rank, occurredAt } };
    }
    case 'lookup':
      return { kind: 'keep' };
  }
}
