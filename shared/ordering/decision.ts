/** What an accepted transition does to the verification. */
export type Change =
  /** The transition becomes the state. */
  | 'state'
  /** The transition replaces a final state. */
  | 'revision'
  /** The state stays, and we look the case up: the transition proves too little, or may be older than the state. */
  | 'recheck';

export type DuplicateReason =
  /** The same fingerprint was accepted in this attempt. */
  | 'seen'
  /** The transition tells a consumer nothing new, or confirms the state in force. */
  | 'same-meaning';

export type StaleReason =
  | 'after-final'
  | 'older-final'
  | 'previous-attempt'
  | 'out-of-order'
  /** The lookup may only revise, and no final state of its rank is in force. */
  | 'nothing-to-revise';

export type Decision =
  | { readonly kind: 'accepted'; readonly change: Change; readonly attempt: number }
  | { readonly kind: 'duplicate'; readonly reason: DuplicateReason }
  | { readonly kind: 'stale'; readonly reason: StaleReason };

export type Accepted = Extract<Decision, { kind: 'accepted' }>;
export type Dropped = Exclude<Decision, Accepted>;
