import { isToLook } from '../evidence/mark-comparison.ts';
import type { Dropped } from '../ordering/decision.ts';
import type { Known } from '../ordering/known.ts';
import { compareJob } from '../scheduling/request-job.ts';
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
  if (reason === 'seen') return noteComparison(known, arrival);
  return ordering === known.ordering ? null : quietWrite(known, arrival.writeId, { ordering });
}

function noteComparison(known: Verification, arrival: Arrival): Write | null {
  const { transition, receivedAt, writeId } = arrival;
  const { origin } = transition;
  const mayMeanSomethingNew = origin.kind === 'hint' && origin.onRepeat === 'compare';
  if (!mayMeanSomethingNew || isToLook(known, receivedAt)) return null;
  return quietWrite(known, writeId, { comparing: receivedAt }, [compareJob(known, arrival)]);
}
