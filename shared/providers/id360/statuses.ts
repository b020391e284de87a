import type { StateForProviderStatus } from '../../contract/state.ts';
import { type MappedProviderStatus, mapProviderStatus } from '../../parsing/provider-status.ts';

const final = { phase: 'completed', finality: 'final', flags: [], rank: 60 } as const;

/**
 * The meaning of each `status` of an enrollment. An enrollment is never started again, so every status that ends it is
 * final. DELETED (older than two months) is not in this table, because it only says that ID360 has deleted its data.
 */
export const id360StatusRules = {
  NEW: { phase: 'created', outcome: null, finality: 'provisional', flags: [], rank: 0 },
  STARTED: { phase: 'in_progress', outcome: null, finality: 'provisional', flags: [], rank: 10 },
  OK: { ...final, outcome: 'approved' },
  KO: { ...final, outcome: 'declined' },
  // ID360 itself had an error.
  FAILED: { ...final, outcome: 'error' },
  // The user exceeded ID360's time limit.
  CANCELED: { ...final, outcome: 'expired' },
  // The enrollment was interrupted through ID360's API.
  DISCONTINUED: { ...final, outcome: 'canceled' },
} as const satisfies Record<string, StateForProviderStatus>;

const rules: ReadonlyMap<string, StateForProviderStatus> = new Map(Object.entries(id360StatusRules));

/**
 * Finds the rule for an enrollment's `status`.
 *
 * @returns null if the status is not text, or is unknown
 */
export function mapId360Status(status: unknown): MappedProviderStatus<StateForProviderStatus> | null {
  return mapProviderStatus(rules, status);
}

/**
 * Checks whether an enrollment with this status has a report to archive. Only enrollments with OK or KO have a report,
 * because ID360 has examined only these.
 */
export function hasEnrollmentReport({ outcome }: StateForProviderStatus): boolean {
  return outcome === 'approved' || outcome === 'declined';
}
