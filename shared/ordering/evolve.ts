import type { Lookup, Transition } from '../contract/transition.ts';
import type { AcceptedDecision, Decision } from './decision.ts';
import { computeTransitionDigest } from './digest.ts';
import { laterInstant } from './instants.ts';
import type { Known } from './known.ts';
import { forgetFingerprint, rememberFingerprint } from './seen-fingerprints.ts';

/**
 * Computes what is known after a decision. This function is pure and accepts every input. No other function computes
 * what is known after a decision.
 *
 * ```
 * decision                     what is known afterwards
 * --------------------------   ------------------------------------------------------------------
 * accepted: state, revision    the transition's state; the next attempt starts with no fingerprints
 * accepted: recheck            as before, plus the fingerprint
 * duplicate: same-meaning      as before, plus the statement or lookup that repeats the state
 * stale: nothing-to-revise     as before, plus the lookup, unless the case is final
 * any other                    as before: the same object
 * ```
 *
 * @param sequence the sequence of the transition's event; for a dropped transition, the sequence that its event would
 *   have had
 */
export function evolve(
  known: Known | null,
  transition: Transition,
  decision: Decision,
  sequence: number,
): Known {
  if (known === null) return knownWithState(null, transition, 1, sequence);
  if (decision.kind === 'accepted') return afterAccepted(known, transition, decision, sequence);
  switch (decision.reason) {
    case 'same-meaning':
      return afterSameMeaning(known, transition, sequence);
    case 'nothing-to-revise':
      return afterNothingToRevise(known, transition);
    case 'seen':
    case 'after-final':
    case 'older-final':
    case 'previous-attempt':
    case 'out-of-order':
    case 'erased':
      return known;
  }
}

function afterAccepted(
  known: Known,
  transition: Transition,
  decision: AcceptedDecision,
  sequence: number,
): Known {
  switch (decision.change) {
    case 'state':
    case 'revision':
      return knownWithState(known, transition, decision.attempt, sequence);
    case 'recheck':
      return { ...known, seen: rememberFingerprint(known.seen, transition.fingerprint) };
  }
}

function knownWithState(
  known: Known | null,
  transition: Transition,
  attempt: number,
  sequence: number,
): Known {
  const { origin, outcome, flags, rank, fingerprint } = transition;
  const isSameAttempt = known?.attempt === attempt;
  return {
    progress: progressOf(transition),
    result: { outcome, flags },
    rank,
    occurredAt: timeAfter(known, transition),
    attempt,
    earlierUntil: isSameAttempt ? known.earlierUntil : lastTimeOf(known),
    seen: rememberFingerprint(isSameAttempt ? known.seen : [], fingerprint),
    digest: transition.finality === 'final' ? computeTransitionDigest(transition) : null,
    lastStatement: origin.kind === 'statement' ? sequence : null,
    lookup: lookupAfter(known, transition),
  };
}

function progressOf({ finality, phase }: Transition): Known['progress'] {
  if (finality === 'final') return 'final';
  return phase === 'completed' ? 'ended' : 'open';
}

/**
 * Returns the provider's time of the new state. A final state has its own time, or no time. IDnow's START and ABORTED
 * carry no time, so a provisional state without a time keeps the last known time. With this time, we still recognize a
 * stale statement from an earlier attempt (decision record 001).
 */
function timeAfter(known: Known | null, { occurredAt, finality }: Transition): string | null {
  if (occurredAt !== null || finality === 'final') return occurredAt;
  return known?.occurredAt ?? null;
}

function lastTimeOf(known: Known | null): string | null {
  return known === null ? null : laterInstant(known.earlierUntil, known.occurredAt);
}

/**
 * Returns the newest lookup to remember. A final transition forgets the earlier lookups: if the transition is itself a
 * lookup, only this lookup is remembered.
 */
function lookupAfter(known: Known | null, { origin, rank, finality }: Transition): Known['lookup'] {
  const before = finality === 'final' ? null : (known?.lookup ?? null);
  return origin.kind === 'lookup' ? newestLookup(before, origin, rank) : before;
}

function newestLookup(before: Known['lookup'], { requestedBy }: Lookup, rank: number): Known['lookup'] {
  return before !== null && before.requestedBy >= requestedBy ? before : { requestedBy, rank };
}

/**
 * Remembers that a statement or lookup confirmed the current state. Otherwise, a stale statement or an older lookup
 * could replace the confirmed state.
 */
function afterSameMeaning(known: Known, transition: Transition, sequence: number): Known {
  const { origin, rank, occurredAt } = transition;
  switch (origin.kind) {
    case 'hint':
      return known;
    case 'statement':
      return known.lastStatement === null ? { ...known, lastStatement: sequence } : known;
    case 'lookup': {
      const lookup = newestLookup(known.lookup, origin, rank);
      return lookup === known.lookup
        ? known
        : { ...known, lookup, occurredAt: occurredAt ?? known.occurredAt };
    }
  }
}

/**
 * Remembers the newest lookup of a case that is not final. Otherwise, an older lookup that arrives later could decide
 * the case, although the newer lookup left it open.
 */
function afterNothingToRevise(known: Known, { origin, rank }: Transition): Known {
  if (known.progress === 'final' || origin.kind !== 'lookup') return known;
  const lookup = newestLookup(known.lookup, origin, rank);
  return lookup === known.lookup ? known : { ...known, lookup };
}

/**
 * Computes what is known after the end of a job. If the job failed, this function forgets the fingerprint of its
 * delivery. The provider may then send this delivery again, and it is not a duplicate (see `EffectOfJobWithoutOutcome`).
 */
export function evolveAfterJob(known: Known, job: 'archived' | 'failed', fingerprint: string): Known {
  const { seen } = known;
  return {
    ...known,
    seen: job === 'failed' ? forgetFingerprint(seen, fingerprint) : rememberFingerprint(seen, fingerprint),
  };
}
