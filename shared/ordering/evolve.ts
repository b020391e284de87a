import type { Lookup, Transition } from '../contract/transition.ts';
import type { Accepted, Decision } from './decision.ts';
import { digestOf } from './digest.ts';
import { laterOf } from './instants.ts';
import type { Known } from './known.ts';
import { forget, remember } from './seen.ts';

/**
 * Computes what is known after a decision. Pure, defined for every input, and the only place that computes it.
 *
 * ```
 * decision                     what is known afterwards
 * --------------------------   ------------------------------------------------------------------
 * accepted: state, revision    the transition's state; the next attempt starts with no fingerprints
 * accepted: recheck            as before, plus the fingerprint
 * duplicate: same-meaning      as before, plus the statement or lookup that repeats the state
 * stale: nothing-to-revise     as before, plus the lookup, unless the case is final
 * any other                    as before: the very same object
 * ```
 *
 * @param sequence the sequence of the transition's event; if it was dropped, the one that its event would have had
 */
export function evolve(
  known: Known | null,
  transition: Transition,
  decision: Decision,
  sequence: number,
): Known {
  if (known === null) return replaced(null, transition, 1, sequence);
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
      return known;
  }
}

function afterAccepted(known: Known, transition: Transition, decision: Accepted, sequence: number): Known {
  switch (decision.change) {
    case 'state':
    case 'revision':
      return replaced(known, transition, decision.attempt, sequence);
    case 'recheck':
      return { ...known, seen: remember(known.seen, transition.fingerprint) };
  }
}

function replaced(known: Known | null, transition: Transition, attempt: number, sequence: number): Known {
  const { origin, outcome, flags, rank, fingerprint } = transition;
  const isSameAttempt = known?.attempt === attempt;
  return {
    stage: stageOf(transition),
    verdict: { outcome, flags },
    rank,
    occurredAt: timeAfter(known, transition),
    attempt,
    earlierUntil: isSameAttempt ? known.earlierUntil : lastTimeOf(known),
    seen: remember(isSameAttempt ? known.seen : [], fingerprint),
    digest: digestOf(transition),
    lastStatement: origin.kind === 'statement' ? sequence : null,
    lookup: lookupAfter(known, transition),
  };
}

function stageOf({ finality, phase }: Transition): Known['stage'] {
  if (finality === 'final') return 'final';
  return phase === 'completed' ? 'ended' : 'open';
}

/**
 * IDnow's START and ABORTED carry no time and keep the last one, so that a late statement of an earlier attempt is still
 * recognized (decision 001). A final state is compared by its own time only.
 */
function timeAfter(known: Known | null, { occurredAt, finality }: Transition): string | null {
  if (occurredAt !== null || finality === 'final') return occurredAt;
  return known?.occurredAt ?? null;
}

function lastTimeOf(known: Known | null): string | null {
  return known === null ? null : laterOf(known.earlierUntil, known.occurredAt);
}

/** While the case is not final, the newest lookup counts. A final state has no other lookup than its own. */
function lookupAfter(known: Known | null, { origin, rank, finality }: Transition): Known['lookup'] {
  const before = finality === 'final' ? null : (known?.lookup ?? null);
  return origin.kind === 'lookup' ? newestLookup(before, origin, rank) : before;
}

function newestLookup(before: Known['lookup'], { requestedBy }: Lookup, rank: number): Known['lookup'] {
  return before !== null && before.requestedBy >= requestedBy ? before : { requestedBy, rank };
}

/** Without this, a late statement or an overtaken lookup could undo the state that is now confirmed. */
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

/** Without this, an earlier lookup that arrives late would decide the case that the newer lookup leaves open. */
function afterNothingToRevise(known: Known, { origin, rank }: Transition): Known {
  if (known.stage === 'final' || origin.kind !== 'lookup') return known;
  const lookup = newestLookup(known.lookup, origin, rank);
  return lookup === known.lookup ? known : { ...known, lookup };
}

/** Computes what is known after a job has ended: if it failed, its delivery may be sent again (see `OnNothing`). */
export function evolveAfterJob(known: Known, job: 'archived' | 'failed', fingerprint: string): Known {
  const { seen } = known;
  return { ...known, seen: job === 'failed' ? forget(seen, fingerprint) : remember(seen, fingerprint) };
}
