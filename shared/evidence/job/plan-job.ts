import type { ArtifactFailure } from '../archive/collected.ts';
import { type JobTriesAndAge, planRetry, type RetryPlan } from './retry.ts';

export type JobPlan =
  /** `commit`: all required artifacts are archived, and no further try can archive a missing artifact. */
  { readonly kind: 'commit' } | RetryPlan;

/**
 * Plans the next step from the failures of a try. If any failure may pass, the job is tried again. Otherwise the job is
 * given up if a required artifact failed, and committed if all required artifacts are archived.
 */
export function planJobAfterTry(failures: readonly ArtifactFailure[], progress: JobTriesAndAge): JobPlan {
  const plans = failures.map(({ required, error }) => ({ required, plan: planRetry(error, progress) }));
  const delays = plans.flatMap(({ plan }) => (plan.kind === 'retry' ? plan.delaySeconds : []));
  // Use the longest delay of all failed artifacts, because the provider may have requested it with `Retry-After`.
  if (delays.length > 0) return { kind: 'retry', delaySeconds: Math.max(...delays) };
  return plans.find(({ required }) => required)?.plan ?? { kind: 'commit' };
}
