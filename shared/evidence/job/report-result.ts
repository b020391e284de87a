import type { Conclusion } from '../../contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { countUnknownReasons } from '../../contract/state.ts';
import type { CounterName } from '../../platform/metrics.ts';
import type { Telemetry } from '../../platform/telemetry.ts';
import type { RecordedDecision } from '../../verifications/record-transition.ts';

const metrics = {
  accepted: 'ResultsAccepted',
  duplicate: 'ResultsDuplicate',
  stale: 'ResultsStale',
} as const satisfies Record<RecordedDecision['kind'], CounterName>;

/** Logs and counts the decision about a transition from a fetched result. */
export function reportDecisionAboutResult(
  recorded: RecordedDecision,
  { verificationId, sequence }: EvidenceJob,
  telemetry: Telemetry,
): void {
  const detail = recorded.kind === 'accepted' ? { change: recorded.change } : { reason: recorded.reason };
  telemetry.info(`fetched result ${recorded.kind}`, { verificationId, sequence, ...detail });
  // A lookup with the effect `revise` normally finds no state that it may revise. This normal case is not counted.
  const isCounted = recorded.kind !== 'stale' || recorded.reason !== 'nothing-to-revise';
  if (isCounted) telemetry.count(metrics[recorded.kind]);
}

/**
 * Counts the reasons of a result whose provider's code we do not know. Call it once per job, after its evidence is
 * committed.
 */
export function reportUnknownReasons(
  { reasons, transition }: Conclusion,
  { verificationId }: EvidenceJob,
  telemetry: Telemetry,
): void {
  const unknown = countUnknownReasons(transition?.reasons ?? reasons ?? []);
  if (unknown === 0) return;
  telemetry.warn('a reason code is unknown', { verificationId });
  telemetry.count('UnknownReasons', unknown);
}
