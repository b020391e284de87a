import type { Conclusion, EvidenceAdapter } from '../../shared/contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';

/** Fetches a result and returns its conclusion, like a job that finds no archived result. */
export async function fetchAndConclude(
  source: EvidenceAdapter,
  job: EvidenceJob,
  signal = AbortSignal.timeout(60_000),
): Promise<Conclusion> {
  return source.conclude(job, await source.fetchResult(job, signal));
}
