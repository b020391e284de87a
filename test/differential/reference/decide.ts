/**
 * The decision core before decision 030, with its old names. The differential run compares it with the current core. Do not
 * change this file. Delete this folder when nobody needs the comparison any more.
 */
import type { State } from '../../../shared/contract/state.ts';
import type { OldTransition } from './transition.ts';

interface Undecided {
  readonly rank: number;
  /** The sequence of the event that asked for it. */
  readonly askedBy: number;
}

/** What is known of a verification, as far as a decision needs it. */
export interface Known extends Pick<State, 'phase' | 'outcome' | 'finality' | 'flags'> {
  readonly rank: number;
  /** Time of the provider that the next delivery is compared with; see `nextProviderTime`. */
  readonly occurredAt: string | null;
  readonly attempt: number;
  /** Fingerprints of what was accepted in this attempt. */
  readonly seen: readonly string[];
  /** Those of all attempts that carry a provider's time: no other attempt can send them. */
  readonly dated: readonly string[];
  /** Digest of all normalized fields of the last accepted state; see `meaningOf`. */
  readonly meaning: string;
  /**
   * Of a state that was fetched, or that a fetch has confirmed: the sequence of the event that asked for it; null of
   * one that was only delivered.
   */
  readonly askedBy: number | null;
  /** Of a state that was delivered: the sequence of the event that it became, or would have become; else null. */
  readonly deliveredAs: number | null;
  /** The last result that was fetched and left an open case open: one that was asked for before it is older. */
  readonly undecided: Undecided | null;
}

/** What an accepted transition does to the verification. */
type Change =
  /** The state becomes the transition's. */
  | 'state'
  /** A final state is replaced by another one. */
  | 'revision'
  /** The state stays, and the truth is fetched: after an unconfirmed word, or one that may be older than the state. */
  | 'recheck';

type StaleReason = 'after-final' | 'older-final' | 'previous-attempt' | 'out-of-order' | 'nothing-to-revise';
/** `same-meaning`: also of a fetched result that decides the same, whatever else it tells. */
type DuplicateReason = 'seen' | 'same-meaning';

export type Decision =
  | { readonly kind: 'accepted'; readonly change: Change; readonly attempt: number }
  | { readonly kind: 'duplicate'; readonly reason: DuplicateReason }
  | { readonly kind: 'stale'; readonly reason: StaleReason };

/**
 * Decides whether a transition applies to what is known: the heart of the system, and pure.
 *
 * ```
 * known \ incoming   provisional                                  final
 * ---------------    ------------------------------------------   ---------------------------------------
 * nothing            accepted                                     accepted
 * open               older → stale · rank lower → stale, or the   rank lower → stale · accepted
 *                    next attempt where provably newer · accepted
 * ended (may be      not newer → stale · accepted, attempt + 1    rank lower → stale · accepted
 *   retried)
 * final              stale                                        rank lower, or equal and older → stale
 *                                                                 same meaning → duplicate · what may be
 *                                                                 older → recheck · revision
 * ```
 *
 * before all of which: a fingerprint seen in this attempt is a duplicate, an unconfirmed transition moves an open
 * verification at most, and one that only revises is stale where there is no final state of its rank. Older is by the
 * provider's time, else, of two fetched results, the one that was asked for earlier. What was delivered may be older
 * than what was fetched, and what was asked for before the state was delivered may be older than the state: unless
 * the provider's time tells, it is looked up again.
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
  // Sent again by an operator, when the user has long begun anew.
  if (known.dated.includes(transition.fingerprint)) return { kind: 'stale', reason: 'previous-attempt' };
  if (known.phase === 'completed') return decideAfterEnd(known, transition);
  return decideWhileOpen(known, transition);
}

function isRepetition(known: Known, transition: OldTransition): boolean {
  if (!known.seen.includes(transition.fingerprint)) return false;
  // A START carries no time, so the START of the next attempt has the same body as the last one's.
  return !hasEnded(known) || transition.phase !== 'in_progress' || transition.occurredAt !== null;
}

function decideUnconfirmed(known: Known, transition: OldTransition): Decision {
  const older = transition.rank === known.rank && isOlder(transition.occurredAt, known.occurredAt);
  const moves = known.phase !== 'completed' && transition.rank >= known.rank && !older;
  return accepted(moves ? 'state' : 'recheck', known.attempt);
}

/**
 * What we conclude from controls decides nothing where the provider itself is not sure yet, nor where a later fetch
 * has brought a result that decides nothing.
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

/** Fetches overtake each other, and one that had to be repeated must not undo the result of a later one. */
function isOvertaken(known: Pick<Known, 'askedBy'>, { askedBy }: OldTransition): boolean {
  return askedBy !== undefined && known.askedBy !== null && askedBy < known.askedBy;
}

/** What we have fetched is not undone by a word that may be late, nor a word by what was asked for before it came. */
function mayBeOlder(known: Known, { askedBy }: OldTransition): boolean {
  return askedBy === undefined ? known.askedBy !== null : askedBy < (known.deliveredAs ?? 0);
}

/**
 * A fetched result that decides what was delivered: no revision. What else it tells is told with the evidence. One
 * that was fetched before told more than the decision, and is revised where that has changed.
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
 * The time to compare the next delivery with, once `transition` is accepted. A START or an ABORTED without
 * a time keeps the last one known, so that a late word of an earlier attempt is still seen to be late. A
 * final state is compared by its own time only.
 */
export function nextProviderTime(known: Known | null, transition: OldTransition): string | null {
  if (transition.occurredAt !== null || transition.finality === 'final') return transition.occurredAt;
  return known?.occurredAt ?? null;
}

const accepted = (change: Change, attempt: number): Decision => ({ kind: 'accepted', change, attempt });

const hasEnded = (known: Known) => known.phase === 'completed' && known.finality === 'provisional';

/** Negative: `a` is older. Null where a time is missing: that never makes anything stale. */
function compareInstants(a: string | null, b: string | null): number | null {
  return a === null || b === null ? null : Date.parse(a) - Date.parse(b);
}

function isOlder(a: string | null, b: string | null): boolean {
  return (compareInstants(a, b) ?? 0) < 0;
}
