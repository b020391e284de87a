import { fingerprint } from '../contract/canonical-json.ts';
import type { Transition } from '../contract/transition.ts';

/**
 * Digest of all normalized fields of a transition. Two transitions with the same digest tell a consumer the same,
 * however much their bodies differ. The provider's time is part of it: without the time, the end of a case would depend
 * on the order of arrival (decision 002).
 */
export function digestOf(transition: Transition): string {
  const { phase, outcome, finality, flags, reasons, providerStatus, occurredAt, findings } = transition;
  return fingerprint({ phase, outcome, finality, flags, reasons, providerStatus, occurredAt, findings });
}
