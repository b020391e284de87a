import type { StatusRule } from '../../contract/state.ts';
import { type MappedStatus, mapStatus } from '../../parsing/provider-status.ts';

const final = { phase: 'completed', finality: 'final', flags: [], rank: 60 } as const;

/**
 * What each `status` of an enrollment means. An enrollment is never started again, so every status that ends it is final.
 * DELETED (older than two months) is left out, because it adds nothing to the status before it.
 */
const statuses = {
  NEW: { phase: 'created', outcome: null, finality: 'provisional', flags: [], rank: 0 },
  STARTED: { phase: 'in_progress', outcome: null, finality: 'provisional', flags: [], rank: 10 },
  OK: { ...final, outcome: 'approved' },
  KO: { ...final, outcome: 'declined' },
  // ID360's own error.
  FAILED: { ...final, outcome: 'error' },
  // The user exceeded the maximum time.
  CANCELED: { ...final, outcome: 'expired' },
  // Interrupted through the API.
  DISCONTINUED: { ...final, outcome: 'canceled' },
} as const satisfies Record<string, StatusRule>;

const rules: ReadonlyMap<string, StatusRule> = new Map(Object.entries(statuses));

/** Finds the rule of an enrollment's `status`. @returns null if the status is not text, or unknown */
export function id360StatusOf(status: unknown): MappedStatus<StatusRule> | null {
  return mapStatus(rules, status);
}

/** Checks whether a status has a report to archive. Only OK and KO have one, because ID360 has examined the case. */
export function hasEvidence({ outcome }: StatusRule): boolean {
  return outcome === 'approved' || outcome === 'declined';
}
