import { computeFingerprint } from '../contract/canonical-json.ts';
import type { Transition } from '../contract/transition.ts';

/**
 * Returns a digest of all normalized fields of a transition. Two transitions with the same digest contain the same data
 * for a consumer, even if their bodies differ. The digest includes the provider's time, so a confirmation with a later
 * time is not a duplicate. If it were dropped as a duplicate, the known time would stay old. Then a result between the
 * two times could win if it arrives last (decision record 002).
 */
export function computeTransitionDigest(transition: Transition): string {
  const { phase, outcome, finality, flags, reasons, providerStatus, occurredAt, findings } = transition;
  return computeFingerprint({
    phase,
    outcome,
    finality,
    flags,
    reasons,
    providerStatus,
    occurredAt,
    findings,
  });
}
