import type { StateForProviderStatus } from '../../contract/state.ts';
import { type MappedProviderStatus, mapProviderStatus } from '../../parsing/provider-status.ts';

// The rank grows in this order: submitted, decided by the controls, in review, decided by the machine (Datakeen's AI),
// decided by an analyst.
const open = { outcome: null, finality: 'provisional', flags: [] } as const;
const submitted = { ...open, phase: 'submitted', rank: 30 } as const;
const inReview = { ...open, phase: 'in_review', rank: 40 } as const;
const decided = { phase: 'completed', finality: 'final', flags: [] } as const;
const byControls = { ...decided, rank: 35 } as const;
const byMachine = { ...decided, rank: 60 } as const;
const byAnalyst = { ...decided, rank: 70 } as const;

/** A state that completes no case. */
type OpenState = StateForProviderStatus & {
  readonly phase: 'submitted' | 'in_review';
  readonly outcome: null;
  readonly finality: 'provisional';
};

interface StatusMeaning {
  /** The rule for a hint with this status. It completes no case, because a hint proves too little about its sender. */
  readonly asHint: OpenState;
  /**
   * The rule for a lookup that a hint with this status requested. It can decide, because we fetched the session with
   * our own credentials.
   */
  readonly asLookup: StateForProviderStatus;
}

/** The meaning of each `newStatus` of a webhook. */
const statuses = {
  AI_APPROVED: { asHint: submitted, asLookup: { ...byMachine, outcome: 'approved' } },
  AI_REJECTED: { asHint: submitted, asLookup: { ...byMachine, outcome: 'declined' } },
  // `VERIFY` means that the machine is not sure. An analyst will decide.
  VERIFY: { asHint: inReview, asLookup: inReview },
  USER_APPROVED: { asHint: submitted, asLookup: { ...byAnalyst, outcome: 'approved' } },
  USER_REJECTED: { asHint: submitted, asLookup: { ...byAnalyst, outcome: 'declined' } },
} as const satisfies Record<string, StatusMeaning>;

interface DatakeenRule extends StatusMeaning {
  /** The provider status in upper case, as the table `statuses` writes it. */
  readonly name: string;
}

const rules: ReadonlyMap<string, DatakeenRule> = new Map(
  Object.entries(statuses).map(([name, meaning]) => [name, { name, ...meaning }]),
);

export type MappedDatakeenStatus = MappedProviderStatus<DatakeenRule>;

/**
 * Finds the two rules for a webhook's `newStatus`.
 *
 * @returns null if the status is not text, or is unknown
 */
export function mapDatakeenStatus(newStatus: unknown): MappedDatakeenStatus | null {
  return mapProviderStatus(rules, newStatus);
}

/**
 * The rule for a hint without a status. In version 1 of Datakeen's API, a webhook without a status means that a result
 * exists.
 */
export const stateForHintWithoutStatus: OpenState = submitted;

/**
 * The rule for each verdict of the controls. It applies if the hint had no status. Its rank is lower than the rank of
 * every Datakeen status that completes a case.
 */
export const stateByControlsVerdict = {
  approved: { ...byControls, outcome: 'approved' },
  declined: { ...byControls, outcome: 'declined' },
  // The controls decided this case earlier. A new result without a verdict then revises the outcome to `error`.
  none: { ...byControls, outcome: 'error' },
} as const satisfies Record<string, StateForProviderStatus>;

/**
 * Checks whether an analyst decided. Analysts can override controls, so failed controls are not the reasons for their
 * decision.
 */
export const isAnalystDecision = ({ rank }: StateForProviderStatus): boolean => rank === byAnalyst.rank;
