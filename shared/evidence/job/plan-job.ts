import type { Failure } from '../archive/collected.ts';
import { type JobProgress, planRetry, type RetryPlan } from './retry.ts';

export type JobPlan =
  /** The folder has all artifacts that can still be fetched, and all required artifacts. */
  { readonly kind: 'commit' } | RetryPlan;

/**
 * Plans what follows from the failures of a try. The job is retried while any failure may pass. After that, it is given
 * up if a required artifact is lost.
 */
export function planJob(failures: readonly Failure[], progress: JobProgress): JobPlan {
  const plans = failures.map(({ required, error }) => ({ required, plan: planRetry(error, progress) }));
  const delays = plans.flatMap(({ plan }) => (plan.kind === 'retry' ? plan.delaySeconds : []));
  // The longest delay counts, because the provider may have requested it.
  if (delays.length > 0) return { kind: 'retry', delaySeconds: Math.max(...delays) };
  return plans.find(({ required }) => required)?.plan ?? { kind: 'commit' };
}
