import type { StatusRule } from '../../contract/state.ts';
import { type MappedStatus, mapStatus } from '../../parsing/provider-status.ts';

const final = { phase: 'completed', finality: 'final', flags: [], rank: 60 } as const;

/**
 * What each `status` of an enrollment means. An enrollment is never used again, so whatever ends it is final.
 * DELETED (older than two months) says nothing of a case that it did not say before, and is left out.
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

/** Only what was examined has a report that is worth keeping; it is archived for OK and KO alone. */
export function wantsEvidence({ outcome }: StatusRule): boolean {
  return outcome === 'approved' || outcome === 'declined';
}
