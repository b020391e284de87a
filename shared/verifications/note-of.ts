import type { Decision } from '../ordering/decide.ts';
import { compareJob } from './evidence-jobs.ts';
import type { Verification } from './verification.ts';
import { type Arrival, quietWrite, type Write } from './write.ts';

/**
 * What to write of a transition that is dropped; null where there is nothing. A duplicate tells nobody anything new,
 * but it may be worth a note, or a job. Pure.
 */
export function noteOf(known: Verification | null, arrival: Arrival, decision: Decision): Write | null {
  if (known === null || decision.kind !== 'duplicate') return null;
  const { askedBy, occurredAt, comparesAgain } = arrival.transition;
  if (decision.reason === 'seen') {
    return comparesAgain === true && !isComparing(known, arrival) ? noteComparison(known, arrival) : null;
  }
  // What was fetched has been delivered as well: jobs that were asked for before may be older than that.
  if (askedBy === undefined) {
    const isNews = known.askedBy !== null && known.deliveredAs === null;
    return isNews ? quietWrite(known, arrival.writeId, { deliveredAs: known.sequence + 1 }) : null;
  }
  // That the state was fetched, and when that was asked for, is remembered: or a late callback, or a fetch that was
  // overtaken, could still undo it.
  if (askedBy <= (known.askedBy ?? 0)) return null;
  return quietWrite(known, arrival.writeId, { askedBy, occurredAt: occurredAt ?? known.occurredAt });
}

/** Longer than any fetch that may be under way at this moment: later ones see what the repetition is about. */
export const comparisonSeconds = 3600;

/** One that is still to begin serves all repetitions: else a burst of them would be as many writes, and calls. */
function isComparing({ comparing }: Verification, { receivedAt }: Arrival): boolean {
  return comparing !== null && Date.parse(receivedAt) - Date.parse(comparing) < comparisonSeconds * 1000;
}

function noteComparison(known: Verification, arrival: Arrival): Write {
  const { receivedAt, writeId } = arrival;
  return quietWrite(known, writeId, { comparing: receivedAt }, [compareJob(known, arrival)]);
}
