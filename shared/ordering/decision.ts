/** The effect of an accepted transition on the verification. */
export type AcceptedChangeKind =
  /** The transition becomes the new state of the verification. */
  | 'state'
  /** The transition replaces a final state by another final state. */
  | 'revision'
  /**
   * The verification keeps its state and requests a lookup, because the transition is a hint or may be older than the
   * state.
   */
  | 'recheck';

export type DuplicateReason =
  /** A transition with the same fingerprint was accepted in this attempt. */
  | 'seen'
  /** The transition contains the same data as the final state, or confirms the current state. */
  | 'same-meaning';

export type StaleReason =
  /** The case is final, but the transition is only provisional. */
  | 'after-final'
  /**
   * The transition is final, but older than the known final state. Either its rank is lower; or the ranks are equal,
   * and its time is older or a later lookup is known.
   */
  | 'older-final'
  /** The transition belongs to an earlier attempt. */
  | 'previous-attempt'
  /** The case is open or ended, and a later transition is known. */
  | 'out-of-order'
  /** The lookup may only replace a final state of its own rank, but no such state is known. */
  | 'nothing-to-revise'
  /** An operator has erased the case. What arrives afterwards is not stored, not even in the history. */
  | 'erased';

/** The decision about a transition. */
export type Decision =
  | { readonly kind: 'accepted'; readonly change: AcceptedChangeKind; readonly attempt: number }
  | { readonly kind: 'duplicate'; readonly reason: DuplicateReason }
  | { readonly kind: 'stale'; readonly reason: StaleReason };

export type AcceptedDecision = Extract<Decision, { kind: 'accepted' }>;
export type DroppedDecision = Exclude<Decision, AcceptedDecision>;
