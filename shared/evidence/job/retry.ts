import { EvidenceError, type FailureKind } from '../../provider-api/evidence-error.ts';

/** SQS counts receives up to 1000. With four tries an hour, a job of eight days stays below (decision 026). */
const maxDelaySeconds = 15 * 60;
/** Evidence that is not ready is requested every minute. After an hour and a half, the usual delays apply. */
const maxNotReadyDelaySeconds = 60;
const notReadyTries = 100;

export type RetryPlan =
  | { readonly kind: 'retry'; readonly delaySeconds: number }
  | { readonly kind: 'give-up'; readonly reason: FailureKind };

export interface JobProgress {
  /** How often the job has been tried, the current try included. */
  readonly tries: number;
  /** The time since the job was requested. */
  readonly ageSeconds: number;
  /** The age after which the provider has deleted the evidence. */
  readonly deadlineSeconds: number;
}

/** Plans what follows from the error of a try. */
export function planRetry(error: unknown, { tries, ageSeconds, deadlineSeconds }: JobProgress): RetryPlan {
  // An unexpected exception may pass. The deadline ends its retries.
  const failure =
    error instanceof EvidenceError ? error : new EvidenceError('transient', 'unexpected exception');
  if (failure.isFinal || ageSeconds >= deadlineSeconds) return { kind: 'give-up', reason: failure.kind };
  switch (failure.kind) {
    case 'not_ready':
      return {
        kind: 'retry',
        delaySeconds: doubledDelay(tries, tries <= notReadyTries ? maxNotReadyDelaySeconds : maxDelaySeconds),
      };
    case 'throttled':
    case 'unauthorized':
    case 'forbidden':
    case 'transient':
    case 'unexpected':
    case 'too_large':
      return {
        kind: 'retry',
        // `Retry-After` can only lengthen the delay: a provider that always answers `0` would use up the receives.
        delaySeconds: Math.max(failure.retryAfterSeconds ?? 0, doubledDelay(tries, maxDelaySeconds)),
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

/** Returns the delay, in seconds, after a fault that is independent of the provider and has no deadline. */
export function delayAfterFault(tries: number): number {
  return doubledDelay(tries, maxDelaySeconds);
}

/** Returns 1, 2, 4, 8 … seconds for the tries 1, 2, 3, 4 …, up to a maximum. */
function doubledDelay(tries: number, maxSeconds: number): number {
  return Math.min(2 ** (tries - 1), maxSeconds);
}
