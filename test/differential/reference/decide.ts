/**
 * The code that decided before decision record 030, with its old names. `test/differential/` compares it with the
 * current code, so do not change the code of this folder. Delete the folder when nobody compares the two any more.
 */
import type { VerificationState } from '../../../shared/contract/state.ts';
import type { OldTransition } from './transition.ts';

interface Undecided {
  readonly rank: number;
  /** The sequence of the event that requested the lookup. */
  readonly askedBy: number;
}

/** The part of a verification that `decide` reads. */
export interface Known extends Pick<VerificationState, 'phase' | 'outcome' | 'finality' | 'flags'> {
  readonly rank: number;
  /** The provider's time that the next transition is compared with; see `nextProviderTime`. */
  readonly occurredAt: string | null;
  readonly attempt: number;
  /** The fingerprints of the transitions that were accepted in this attempt. */
  readonly seen: readonly string[];
  /**
   * The fingerprints of all accepted transitions that carry a provider's time, from all attempts. Two attempts never
   * share such a fingerprint, because the time is part of the body.
   */
  readonly dated: readonly string[];
  /** A digest of all normalized fields of the last accepted state; see `meaningOf`. */
  readonly meaning: string;
  /** If a lookup set or confirmed the state: the sequence of the event that requested this lookup. Otherwise null. */
  readonly askedBy: number | null;
  /**
   * The sequence of the delivery that set the state. If a lookup set the state, and a delivery then repeated it, this
   * is the sequence that the delivery's event would have had. (A repeated delivery publishes no event.) Null if no
   * delivery set or repeated the state.
   */
  readonly deliveredAs: number | null;
  /** The newest lookup that left an open case open. A lookup that was requested before it is out of date. */
  readonly undecided: Undecided | null;
}

/** The effect of an accepted transition on the verification. */
type Change =
  /** The transition becomes the state. */
  | 'state'
  /** The transition replaces a final state. */
  | 'revision'
  /** The state stays, and we request a lookup. The transition is a hint, or it may be older than the state. */
  | 'recheck';

type StaleReason = 'after-final' | 'older-final' | 'previous-attempt' | 'out-of-order' | 'nothing-to-revise';
/**
 * Why a transition is a duplicate.
 * - `seen`: its fingerprint is known.
 * - `same-meaning`: it equals the state, or it is a lookup that confirms the state.
 */
type DuplicateReason = 'seen' | 'same-meaning';

export type Decision =
  | { readonly kind: 'accepted'; readonly change: Change; readonly attempt: number }
  | { readonly kind: 'duplicate'; readonly reason: DuplicateReason }
  | { readonly kind: 'stale'; readonly reason: StaleReason };

/**
 * Decides whether a transition applies to a verification, based on what is known of the verification. The function is
 * pure.
 */
export function decide(known: Known | null, transition: OldTransition, meaning: string): Decision {
  if (known === null) return accepted('state', 1);
  if (isRepetition(known, transition)) return { kind: 'duplicate', reason: 'seen' };
  if (!transition.confirmed) return decideUnconfirmed(known, transition);
  if (transition.onlyRevises && !(known.finality === 'final' && known.rank === transition.rank)) {
    return { kind: 'stale', reason: 'nothing-to-revise' };
  }
  if (known.finality === 'final') return decideAfterFinal(known, transition, meaning);
  if (transition.finality === 'final') return decideByFinal(known, transition);
  // The provider sends a delivery of an earlier attempt again.
  if (known.dated.includes(transition.fingerprint)) return { kind: 'stale', reason: 'previous-attempt' };
  if (known.phase === 'completed') return decideAfterEnd(known, transition);
  return decideWhileOpen(known, transition);
}

function isRepetition(known: Known, transition: OldTransition): boolean {
  if (!known.seen.includes(transition.fingerprint)) return false;
  // The status START carries no time. So the START of a new attempt has the same fingerprint as the START of the
  // previous attempt, but is no duplicate.
  return !hasEnded(known) || transition.phase !== 'in_progress' || transition.occurredAt !== null;
}

function decideUnconfirmed(known: Known, transition: OldTransition): Decision {
  const older = transition.rank === known.rank && isOlder(transition.occurredAt, known.occurredAt);
  const moves = known.phase !== 'completed' && transition.rank >= known.rank && !older;
  return accepted(moves ? 'state' : 'recheck', known.attempt);
}

/**
 * Decides about a final transition while the known state is not final. The transition is stale in two cases:
 * - Its rank is lower than the known rank.
 * - It is a lookup, and a lookup that was requested later left the case open at the same or a higher rank.
 */
function decideByFinal(known: Known, transition: OldTransition): Decision {
  const { undecided, attempt } = known;
  const { rank } = transition;
  const isLate = undecided !== null && rank <= undecided.rank && isOvertaken(undecided, transition);
  return rank < known.rank || isLate ? { kind: 'stale', reason: 'out-of-order' } : accepted('state', attempt);
}

function decideAfterFinal(known: Known, transition: OldTransition, meaning: string): Decision {
  if (transition.finality === 'provisional') return { kind: 'stale', reason: 'after-final' };
  const byTime = compareInstants(transition.occurredAt, known.occurredAt) ?? 0;
  const order = transition.rank - known.rank || byTime;
  if (order < 0 || (order === 0 && isOvertaken(known, transition))) {
    return { kind: 'stale', reason: 'older-final' };
  }
  if (meaning === known.meaning || confirms(known, transition)) {
    return { kind: 'duplicate', reason: 'same-meaning' };
  }
  return accepted(order === 0 && mayBeOlder(known, transition) ? 'recheck' : 'revision', known.attempt);
}

/**
 * Returns true if we already know a lookup that was requested later than this lookup. The earlier lookup must not
 * replace the later one.
 */
function isOvertaken(known: Pick<Known, 'askedBy'>, { askedBy }: OldTransition): boolean {
  return askedBy !== undefined && known.askedBy !== null && askedBy < known.askedBy;
}

/**
 * Returns true if the transition may be older than the state. There are two such cases:
 * - The transition is a delivery, and a lookup has set or confirmed the state.
 * - The transition is a lookup that was requested before the last delivery.
 */
function mayBeOlder(known: Known, { askedBy }: OldTransition): boolean {
  return askedBy === undefined ? known.askedBy !== null : askedBy < (known.deliveredAs ?? 0);
}

/**
 * Returns true if a lookup has the same rank, phase, outcome and flags as the state, and a delivery set or repeated
 * this state. The lookup then confirms the state, and is no revision.
 */
function confirms(known: Known, { askedBy, rank, phase, outcome, flags }: OldTransition): boolean {
  const same = rank === known.rank && phase === known.phase && outcome === known.outcome;
  const isDelivered = known.deliveredAs !== null;
  return askedBy !== undefined && isDelivered && same && flags.join() === known.flags.join();
}

function decideAfterEnd(known: Known, transition: OldTransition): Decision {
  const order = compareInstants(transition.occurredAt, known.occurredAt);
  if (order !== null && order <= 0) return { kind: 'stale', reason: 'previous-attempt' };
  return accepted('state', known.attempt + 1);
}

function decideWhileOpen(known: Known, transition: OldTransition): Decision {
  const order = compareInstants(transition.occurredAt, known.occurredAt);
  if (order !== null && order < 0) return { kind: 'stale', reason: 'out-of-order' };
  if (transition.rank >= known.rank) return accepted('state', known.attempt);
  const provablyNewer = order !== null && order > 0;
  return provablyNewer ? accepted('state', known.attempt + 1) : { kind: 'stale', reason: 'out-of-order' };
}

/**
 * Returns the provider's time with which the next transition is compared, after `transition` is accepted.
 * - For a transition with a time: its time.
 * - For a final state without a time: null.
 * - For another transition without a time, such as START or ABORTED: the last known time. So a delivery of an earlier
 *   attempt is still stale.
 */
export function nextProviderTime(known: Known | null, transition: OldTransition): string | null {
  if (transition.occurredAt !== null || transition.finality === 'final') return transition.occurredAt;
  return known?.occurredAt ?? null;
}

const accepted = (change: Change, attempt: number): Decision => ({ kind: 'accepted', change, attempt });

const hasEnded = (known: Known) => known.phase === 'completed' && known.finality === 'provisional';

/**
 * Compares two times of the provider: negative if `a` is older. Null if one time is missing. In that case, no
 * transition is stale because of its time.
 */
function compareInstants(a: string | null, b: string | null): number | null {
  return a === null || b === null ? null : Date.parse(a) - Date.parse(b);
}

function isOlder(a: string | null, b: string | null): boolean {
  return (compareInstants(a, b) ?? 0) < 0;
}
