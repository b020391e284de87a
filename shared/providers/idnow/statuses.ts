import type { StatusRule } from '../../contract/state.ts';
import { findByWord } from '../../parsing/find-by-code.ts';

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
 * What each `identificationprocess.result` means. The prose of IDnow's collection has more words (Pending,
 * Review, Finished, Archived); no body with one of them is known, and guessing one could settle a case wrongly,
 * so they are left out.
 */
const statuses = {
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
  // The test robot's word for CANCELED.
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
} as const satisfies Record<string, StatusRule>;

const rules: ReadonlyMap<string, StatusRule> = new Map(Object.entries(statuses));

export interface Status {
  readonly rule: StatusRule;
  /** The provider's own word, untouched; `START` where the body has no result. */
  readonly word: string;
}

/** Null where the result is not text, or a word that we do not know. */
export function statusOf(result: unknown): Status | null {
  // No START body is printed anywhere: an ident without a result is one that has only been started.
  if (result === undefined || result === null) return { rule: statuses.START, word: 'START' };
  const rule = findByWord(rules, result);
  return rule === null || typeof result !== 'string' ? null : { rule, word: result };
}
