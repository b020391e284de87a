import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import type { Conclusion, ResultEvidenceSource } from '../../shared/contract/evidence-source.ts';

/** Fetches a result and returns its conclusion, like a job that finds no archived result. */
export async function fetchAndConclude(
  source: ResultEvidenceSource,
  job: EvidenceJob,
  signal = AbortSignal.timeout(60_000),
): Promise<Conclusion> {
  return source.conclude(job, await source.fetchResult(job, signal));
}
