import type { Lookup, Transition } from '../contract/transition.ts';
import type { Accepted, Decision } from './decision.ts';
import { digestOf } from './digest.ts';
import { laterOf } from './instants.ts';
import type { Known } from './known.ts';
import { forget, remember } from './seen.ts';

/**
 * Computes what is known after a decision. Pure, and the only place that does. Returns `known` itself if nothing
 * changes.
 *
 * ```
 * decision                      what is known afterwards
 * ---------------------------   -------------------------------------------------------------------
 * accepted state, revision      the transition's state; earlier attempts are closed if it starts the next
 * accepted recheck              as before, and the fingerprint
 * duplicate same-meaning        as before, and the statement or lookup that repeats the state
 * stale nothing-to-revise       as before, and the lookup, while the case is not final
 * other duplicates and stale    as before
 * ```
 *
 * @param sequence of the event that the transition becomes, or would become if it were accepted
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

/** A final state is known by its own lookup only. While the case is not final, the newest lookup counts. */
function lookupAfter(known: Known | null, { origin, rank, finality }: Transition): Known['lookup'] {
  const before = finality === 'final' ? null : (known?.lookup ?? null);
  return origin.kind === 'lookup' ? newestLookup(before, origin, rank) : before;
}

function newestLookup(before: Known['lookup'], { requestedBy }: Lookup, rank: number): Known['lookup'] {
  return before !== null && before.requestedBy >= requestedBy ? before : { requestedBy, rank };
}

/** Otherwise a late statement, or a lookup that was overtaken, could undo what is now confirmed. */
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

/** Otherwise an earlier lookup that comes late would decide what this newer one leaves open. */
function afterNothingToRevise(known: Known, { origin, rank }: Transition): Known {
  if (known.stage === 'final' || origin.kind !== 'lookup') return known;
  const lookup = newestLookup(known.lookup, origin, rank);
  return lookup === known.lookup ? known : { ...known, lookup };
}

/** Computes what is known after a job: its delivery may be sent again if the job failed (see `OnNothing`). */
export function evolveAfterJob(known: Known, job: 'archived' | 'failed', fingerprint: string): Known {
  const { seen } = known;
  return { ...known, seen: job === 'failed' ? forget(seen, fingerprint) : remember(seen, fingerprint) };
}
