import type { Decision } from '../ordering/decide.ts';
import { compareJob } from './evidence-jobs.ts';
import { isToLook } from './mark-comparison.ts';
import type { Verification } from './verification.ts';
import { type Arrival, quietWrite, type Write } from './write.ts';

type Dropped = Exclude<Decision, { kind: 'accepted' }>;

/**
 * What to write of a transition that is dropped; null where there is nothing. It tells nobody anything new, but it may
 * be worth a note, or a job. Pure.
 */
export function noteOf(known: Verification | null, arrival: Arrival, { reason }: Dropped): Write | null {
  if (known === null) return null;
  switch (reason) {
    case 'seen':
      return noteComparison(known, arrival);
    case 'same-meaning':
      return noteConfirmation(known, arrival);
    case 'nothing-to-revise':
      return noteUndecided(known, arrival);
    default:
      return null;
  }
}

function noteConfirmation(known: Verification, { transition, writeId }: Arrival): Write | null {
  const { askedBy, occurredAt } = transition;
  // What was fetched has been delivered as well: jobs that were asked for before may be older than that.
  if (askedBy === undefined) {
    const isNews = known.askedBy !== null && known.deliveredAs === null;
    return isNews ? quietWrite(known, writeId, { deliveredAs: known.sequence + 1 }) : null;
  }
  // That the state was fetched, and when that was asked for, is remembered: or a late callback, or a fetch that was
  // overtaken, could still undo it.
  if (askedBy <= (known.askedBy ?? 0)) return null;
  return quietWrite(known, writeId, { askedBy, occurredAt: occurredAt ?? known.occurredAt });
}

/** Else one that was asked for before, and comes late, would decide what the newer one leaves open. */
function noteUndecided(known: Verification, { transition, writeId }: Arrival): Write | null {
  const { rank, askedBy } = transition;
  const isNews = askedBy !== undefined && askedBy > (known.undecided?.askedBy ?? 0);
  return isNews && known.finality === 'provisional'
    ? quietWrite(known, writeId, { undecided: { rank, askedBy } })
    : null;
}

function noteComparison(known: Verification, arrival: Arrival): Write | null {
  const { transition, receivedAt, writeId } = arrival;
  if (transition.comparesAgain !== true || isToLook(known, receivedAt)) return null;
  return quietWrite(known, writeId, { comparing: receivedAt }, [compareJob(known, arrival)]);
}
