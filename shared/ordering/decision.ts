/** The effect of an accepted transition on the verification. */
export type Change =
  /** The transition becomes the state. */
  | 'state'
  /** The transition replaces a final state. */
  | 'revision'
  /** The state stays, and we look the case up, because the transition is a hint or may be older than the state. */
  | 'recheck';

export type DuplicateReason =
  /** A transition with the same fingerprint was accepted in this attempt. */
  | 'seen'
  /** The transition contains nothing new for consumers, or confirms the current state. */
  | 'same-meaning';

export type StaleReason =
  /** The case is final, and the transition is provisional. */
  | 'after-final'
  /** The transition is final, but the known final state has a higher rank or counts as newer. */
  | 'older-final'
  /** The transition belongs to an earlier attempt. */
  | 'previous-attempt'
  /** The case is open, and a later transition is known. */
  | 'out-of-order'
  /** The lookup may only revise, and no final state of its rank is known. */
  | 'nothing-to-revise';

/** The decision about a transition. */
export type Decision =
  | { readonly kind: 'accepted'; readonly change: Change; readonly attempt: number }
  | { readonly kind: 'duplicate'; readonly reason: DuplicateReason }
  | { readonly kind: 'stale'; readonly reason: StaleReason };

export type AcceptedDecision = Extract<Decision, { kind: 'accepted' }>;
export type DroppedDecision = Exclude<Decision, AcceptedDecision>;
