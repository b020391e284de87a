import type { StateForProviderStatus } from '../../contract/state.ts';
import { type MappedProviderStatus, mapProviderStatus } from '../../parsing/provider-status.ts';

const started = {
  phase: 'in_progress',
  outcome: null,
  finality: 'provisional',
  flags: [],
  rank: 10,
} as const;
const inReview = { phase: 'in_review', outcome: null, finality: 'provisional', flags: [], rank: 40 } as const;
const canceled = {
  phase: 'completed',
  outcome: 'canceled',
  finality: 'provisional',
  flags: ['retry_allowed'],
  rank: 50,
} as const;

/**
 * The meaning of each `identificationprocess.result`. The text of IDnow's API collection mentions more statuses
 * (Pending, Review, Finished, Archived). They are not in this table: no known body contains them, and a wrong guess
 * could decide a case.
 */
export const idnowStatusRules = {
  CREATED: { phase: 'created', outcome: null, finality: 'provisional', flags: [], rank: 0 },
  START: started,
  STARTED: started,
  ABORTED: {
    phase: 'completed',
    outcome: 'abandoned',
    finality: 'provisional',
    flags: ['retry_allowed'],
    rank: 20,
  },
  REVIEW_PENDING: inReview,
  CHECK_PENDING: inReview,
  FRAUD_SUSPICION_PENDING: { ...inReview, flags: ['fraud_suspected'] },
  CANCELED: canceled,
  CANCELLED: canceled,
  // IDnow's test robot sends FAILED instead of CANCELED.
  FAILED: canceled,
  SUCCESS: { phase: 'completed', outcome: 'approved', finality: 'final', flags: [], rank: 60 },
  SUCCESS_DATA_CHANGED: {
    phase: 'completed',
    outcome: 'approved',
    finality: 'final',
    flags: ['data_changed'],
    rank: 60,
  },
  FRAUD_SUSPICION_CONFIRMED: {
    phase: 'completed',
    outcome: 'declined',
    finality: 'final',
    flags: ['fraud_confirmed'],
    rank: 60,
  },
} as const satisfies Record<string, StateForProviderStatus>;

const rules: ReadonlyMap<string, StateForProviderStatus> = new Map(Object.entries(idnowStatusRules));

/**
 * Finds the rule for an ident's `result`. A missing result is read as `START`, because real START bodies have no
 * result.
 *
 * @returns null if the result is not text, or is unknown
 */
export function mapIdnowStatus(result: unknown): MappedProviderStatus<StateForProviderStatus> | null {
  return mapProviderStatus(rules, result ?? 'START');
}
