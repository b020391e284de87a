import { fingerprint } from '../contract/canonical-json.ts';
import type { Transition } from '../contract/transition.ts';

/**
 * Digest of all normalized fields of a transition: two deliveries with the same meaning tell a consumer
 * the same, however different their bodies are. The provider's time is part of it: without it, whether a
 * later confirmation counts as newer would depend on the order of arrival.
 */
export function meaningOf(transition: Transition): string {
  const { phase, outcome, finality, flags, reasons, providerStatus, occurredAt, findings } = transition;
  return fingerprint({ phase, outcome, finality, flags, reasons, providerStatus, occurredAt, findings });
}
