import type { Failure } from '../archive/archive-artifacts.ts';
import { type Progress, planRetry, type RetryPlan } from './retry.ts';

export type JobPlan =
  /** All is there, or all that can be had of what is not required. */
  { readonly kind: 'commit' } | RetryPlan;

/**
 * What follows from the failures of a try: tried again as long as any of them may pass; then given up where
 * something required is lost. Pure.
 */
export function planJob(failures: readonly Failure[], progress: Progress): JobPlan {
  const plans = failures.map(({ required, error }) => ({ required, plan: planRetry(error, progress) }));
  const delays = plans.flatMap(({ plan }) => (plan.kind === 'retry' ? plan.delaySeconds : []));
  // The longest: one of them may be what the provider has asked for.
  if (delays.length > 0) return { kind: 'retry', delaySeconds: Math.max(...delays) };
  return plans.find(({ required }) => required)?.plan ?? { kind: 'commit' };
}
