import type { StateForProviderStatus } from '../contract/state.ts';
import { findByCode } from './find-by-code.ts';

/** A provider status, with its row of the provider's status table. */
export interface MappedProviderStatus<Rule> {
  readonly rule: Rule;
  /** The provider's own status, unchanged. */
  readonly providerStatus: string;
}

/**
 * Finds the row of a provider status in the provider's status table.
 *
 * @param rules the rows, keyed by the status in upper case
 * @returns null if the status is not text, or unknown: the meaning of an unknown status is never guessed
 */
export function mapProviderStatus<Rule>(
  rules: ReadonlyMap<string, Rule>,
  providerStatus: unknown,
): MappedProviderStatus<Rule> | null {
  const rule = findByCode(rules, providerStatus);
  return rule === null || typeof providerStatus !== 'string' ? null : { rule, providerStatus };
}

/** Returns the fields that a transition takes from a row of the status table. */
export function pickStateForProviderStatus({
  phase,
  outcome,
  finality,
  flags,
  rank,
}: StateForProviderStatus) {
  return { phase, outcome, finality, flags: [...flags], rank };
}
