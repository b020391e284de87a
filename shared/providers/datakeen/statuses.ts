import type { StatusRule } from '../../contract/state.ts';
import { type MappedStatus, mapStatus } from '../../parsing/provider-status.ts';

// Ranks order who decided: the controls, then the machine, then an analyst. A case in review ranks between the controls
// and the machine.
const open = { outcome: null, finality: 'provisional', flags: [] } as const;
const submitted = { ...open, phase: 'submitted', rank: 30 } as const;
const inReview = { ...open, phase: 'in_review', rank: 40 } as const;
const decided = { phase: 'completed', finality: 'final', flags: [] } as const;
const byControls = { ...decided, rank: 35 } as const;
const byMachine = { ...decided, rank: 60 } as const;
const byAnalyst = { ...decided, rank: 70 } as const;

interface StatusMeaning {
  /** The rule for a hint with this status. It decides nothing, because the webhook proves nothing about its sender. */
  readonly asHint: StatusRule;
  /** The rule for a lookup that such a hint requested: the session was fetched with our own credentials. */
  readonly asLookup: StatusRule;
}

/** What each `newStatus` of a webhook means. */
const statuses = {
  AI_APPROVED: { asHint: submitted, asLookup: { ...byMachine, outcome: 'approved' } },
  AI_REJECTED: { asHint: submitted, asLookup: { ...byMachine, outcome: 'declined' } },
  // The machine is not sure. An analyst will decide.
  VERIFY: { asHint: inReview, asLookup: inReview },
  USER_APPROVED: { asHint: submitted, asLookup: { ...byAnalyst, outcome: 'approved' } },
  USER_REJECTED: { asHint: submitted, asLookup: { ...byAnalyst, outcome: 'declined' } },
} as const satisfies Record<string, StatusMeaning>;

interface DatakeenRule extends StatusMeaning {
  /** The status in upper case, as the table has it. */
  readonly name: string;
}

const rules: ReadonlyMap<string, DatakeenRule> = new Map(
  Object.entries(statuses).map(([name, meaning]) => [name, { name, ...meaning }]),
);

export type DatakeenStatus = MappedStatus<DatakeenRule>;

/** Finds the rules of a webhook's `newStatus`. @returns null if it is not text, or unknown */
export function datakeenStatusOf(newStatus: unknown): DatakeenStatus | null {
  return mapStatus(rules, newStatus);
}

/** The rule for a hint without a status. In version 1 such a webhook says that the session has a result. */
export const ruleWithoutStatus: StatusRule = submitted;

/**
 * The rule for each verdict of the controls, which counts if the webhook had no status. Its rank is below that of every
 * decision that a status of Datakeen reports.
 */
export const verdictRules = {
  approved: { ...byControls, outcome: 'approved' },
  declined: { ...byControls, outcome: 'declined' },
  // The controls had decided, and have no verdict any more.
  none: { ...byControls, outcome: 'error' },
} as const satisfies Record<string, StatusRule>;

/** Whether an analyst decided. Analysts override the controls, so that the controls are not their reasons. */
export const isAnalystDecision = ({ rank }: StatusRule): boolean => rank === byAnalyst.rank;
