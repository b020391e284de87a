import type { StatusRule } from '../contract/state.ts';
import { findByCode } from './find-by-code.ts';

/** A provider status that is in the provider's table. */
export interface MappedStatus<Rule> {
  readonly rule: Rule;
  /** The provider's own status, unchanged. */
  readonly providerStatus: string;
}

/**
 * Finds the rule of a provider status.
 *
 * @param rules keyed by the status in upper case
 * @returns null if the status is not text, or unknown: an unknown status is never guessed
 */
export function mapStatus<Rule>(
  rules: ReadonlyMap<string, Rule>,
  providerStatus: unknown,
): MappedStatus<Rule> | null {
  const rule = findByCode(rules, providerStatus);
  return rule === null || typeof providerStatus !== 'string' ? null : { rule, providerStatus };
}

/** Returns the fields that a transition takes from the rule of its status. */
export function fieldsOfRule({ phase, outcome, finality, flags, rank }: StatusRule) {
  return { phase, outcome, finality, flags: [...flags], rank };
}
