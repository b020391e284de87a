import type { DroppedDecision } from '../ordering/decision.ts';
import type { Known } from '../ordering/known.ts';
import { isComparisonPending, markComparisonRequested } from '../scheduling/comparisons.ts';
import { buildCompareJob } from '../scheduling/jobs.ts';
import type { Verification } from './verification.ts';
import { buildWriteWithoutEvent, type IncomingTransition, type VerificationWrite } from './write.ts';

/**
 * Computes the write for a dropped transition. A dropped transition publishes no event. But it may change what ordering
 * knows, or request a comparison. This function is pure.
 *
 * @param ordering what is known after the decision
 * @returns null if nothing changes
 */
export function buildWriteForDroppedTransition(
  known: Verification | null,
  incoming: IncomingTransition,
  { reason }: DroppedDecision,
  ordering: Known,
): VerificationWrite | null {
  if (known === null) return null;
  if (reason === 'seen') return writeForRepetition(known, incoming);
  return ordering === known.ordering ? null : buildWriteWithoutEvent(known, incoming.writeId, { ordering });
}

/** Requests a comparison, if a repeated hint may report a new result at the provider. */
function writeForRepetition(known: Verification, incoming: IncomingTransition): VerificationWrite | null {
  const { transition, receivedAt, writeId } = incoming;
  const { origin } = transition;
  const { schedule } = known;
  const mayReportNewResult = origin.kind === 'hint' && origin.onRepeat === 'compare';
  if (!mayReportNewResult || isComparisonPending(schedule, receivedAt)) return null;
  return buildWriteWithoutEvent(known, writeId, { schedule: markComparisonRequested(schedule, receivedAt) }, [
    buildCompareJob(known, incoming, schedule),
  ]);
}
