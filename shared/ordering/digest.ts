import { fingerprint } from '../contract/canonical-json.ts';
import type { Transition } from '../contract/transition.ts';

/**
 * Returns a digest of all normalized fields of a transition. Two transitions with the same digest contain the same data
 * for a consumer, even if their bodies differ. The provider's time is part of the digest. Without the time, the final
 * state of a case would depend on the order of arrival (decision 002).
 */
export function digestOf(transition: Transition): string {
  const { phase, outcome, finality, flags, reasons, providerStatus, occurredAt, findings } = transition;
  return fingerprint({ phase, outcome, finality, flags, reasons, providerStatus, occurredAt, findings });
}
