import { EvidenceError, type FailureKind } from '../../provider-api/evidence-error.ts';

/** SQS counts receives up to 1000; four an hour keeps a job of eight days below that (decision 026). */
const longestDelaySeconds = 15 * 60;
/** What is not ready is asked for each minute, but after an hour and a half no more often than the rest. */
const longestNotReadySeconds = 60;
const notReadyTries = 100;

export type RetryPlan =
  | { readonly kind: 'retry'; readonly delaySeconds: number }
  | { readonly kind: 'give-up'; readonly reason: FailureKind };

export interface Progress {
  /** How often the job has been tried, this time included. */
  readonly tries: number;
  /** Since the job was asked for. */
  readonly ageSeconds: number;
  /** Of the provider: after it, it has deleted what we want. */
  readonly deadlineSeconds: number;
}

/** Says what follows from a failed try. Pure. */
export function planRetry(error: unknown, { tries, ageSeconds, deadlineSeconds }: Progress): RetryPlan {
  // What we did not foresee may pass: the deadline ends it.
  const failure =
    error instanceof EvidenceError ? error : new EvidenceError('transient', 'unforeseen failure');
  if (failure.isFinal || ageSeconds >= deadlineSeconds) return { kind: 'give-up', reason: failure.kind };
  switch (failure.kind) {
    case 'not_ready':
      return {
        kind: 'retry',
        delaySeconds: doubling(tries, tries <= notReadyTries ? longestNotReadySeconds : longestDelaySeconds),
      };
    case 'throttled':
    case 'unauthorized':
    case 'forbidden':
    case 'transient':
    case 'unexpected':
    case 'too_large':
      return {
        kind: 'retry',
        // At least: a provider that keeps saying `0` must not use up the receives in a minute.
        delaySeconds: Math.max(failure.retryAfterSeconds ?? 0, doubling(tries, longestDelaySeconds)),
      };
    case 'gone':
    case 'not_found':
    case 'corrupt':
    case 'invalid':
    case 'no_account':
    case 'unknown_verification':
      return { kind: 'give-up', reason: failure.kind };
  }
}

/** The pause after a fault that has nothing to do with the provider, and that no deadline ends. */
export function delayAfterFault(tries: number): number {
  return doubling(tries, longestDelaySeconds);
}

/** 1, 2, 4, 8 … seconds. */
function doubling(tries: number, longest: number): number {
  return Math.min(2 ** (tries - 1), longest);
}
