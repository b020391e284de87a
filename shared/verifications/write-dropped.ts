import type { Dropped } from '../ordering/decision.ts';
import type { Known } from '../ordering/known.ts';
import { isComparisonPending } from '../scheduling/comparisons.ts';
import { compareJob } from '../scheduling/jobs.ts';
import type { Verification } from './verification.ts';
import { type Arrival, quietWrite, type Write } from './write.ts';

/**
 * Says what to write for a transition that is dropped; null if there is nothing. A dropped transition publishes no
 * event, but it may change what ordering knows, or request a comparison. Pure.
 *
 * @param ordering what is known after the decision
 */
export function writeForDropped(
  known: Verification | null,
  arrival: Arrival,
  { reason }: Dropped,
  ordering: Known,
): Write | null {
  if (known === null) return null;
  if (reason === 'seen') return writeForRepetition(known, arrival);
  return ordering === known.ordering ? null : quietWrite(known, arrival.writeId, { ordering });
}

/** Requests a comparison if the repeated hint may mean something new. */
function writeForRepetition(known: Verification, arrival: Arrival): Write | null {
  const { transition, receivedAt, writeId } = arrival;
  const { origin } = transition;
  const { schedule } = known;
  const mayMeanSomethingNew = origin.kind === 'hint' && origin.onRepeat === 'compare';
  if (!mayMeanSomethingNew || isComparisonPending(schedule, receivedAt)) return null;
  const requested = { ...schedule, comparisonRequestedAt: receivedAt };
  return quietWrite(known, writeId, { schedule: requested }, [compareJob(known, arrival, schedule)]);
}
