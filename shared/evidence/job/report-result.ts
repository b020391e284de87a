import type { FetchedEvidence } from '../../contract/evidence-source.ts';
import { countUnknown } from '../../contract/state.ts';
import type { LogFields, Telemetry } from '../../platform/telemetry.ts';
import type { Recorded } from '../../verifications/record-transition.ts';

const metrics = {
  accepted: 'ResultsAccepted',
  duplicate: 'ResultsDuplicate',
  stale: 'ResultsStale',
} as const satisfies Record<Recorded['kind'], string>;

/**
 * Tells what became of a result that was fetched. It has no row in the ledger, because nobody delivered it: what
 * it said is in the archive.
 */
export function reportVerdict(verdict: Recorded, fields: LogFields, telemetry: Telemetry): void {
  const what = verdict.kind === 'accepted' ? { change: verdict.change } : { reason: verdict.reason };
  telemetry.info(`fetched result ${verdict.kind}`, { ...fields, ...what });
  // Of a result that has never decided anything, there is nothing to count.
  if (verdict.kind !== 'stale' || verdict.reason !== 'nothing-to-revise')
    telemetry.count(metrics[verdict.kind]);
}

/** Counts the reasons of a result that we have no words for; once a job, however often it was tried. */
export function reportReasons({ reasons, transition }: FetchedEvidence, telemetry: Telemetry): void {
  const unknown = countUnknown(transition?.reasons ?? reasons ?? []);
  if (unknown > 0) telemetry.count('UnknownReasons', unknown);
}
