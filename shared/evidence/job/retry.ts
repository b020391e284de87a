import { EvidenceError, type FailureKind } from '../../provider-api/evidence-error.ts';

/**
 * The longest delay between two tries: 15 minutes, or four tries an hour. A message may be received 1000 times, and a
 * job of eight days stays below this limit (decision record 026).
 */
const maxDelaySeconds = 15 * 60;
/**
 * The longest delay while evidence is not ready: one minute. After 100 tries, or about an hour and a half, the usual
 * delays apply.
 */
const maxNotReadyDelaySeconds = 60;
const notReadyTries = 100;

export type RetryPlan =
  | { readonly kind: 'retry'; readonly delaySeconds: number }
  | { readonly kind: 'give-up'; readonly reason: FailureKind };

export interface JobTriesAndAge {
  /** The number of tries of the job, including the current try. */
  readonly tries: number;
  /** The time since the job was requested. */
  readonly ageSeconds: number;
  /** The age of a job at which the provider deletes the evidence. */
  readonly deadlineSeconds: number;
}

/** Plans the next step after the error of a try: another try with a delay, or the end of the job. */
export function planRetry(error: unknown, { tries, ageSeconds, deadlineSeconds }: JobTriesAndAge): RetryPlan {
  // An unexpected exception counts as `transient`, because it may pass. The provider's deadline ends its retries.
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
        // `Retry-After` can only lengthen the delay. If a provider always answers `0`, the job must not use up its 1000
        // receives.
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

/**
 * Returns the delay, in seconds, until the next try to send a given-up job to the dead-letter queue.
 */
export function computeDelayAfterInternalError(tries: number): number {
  return doubledDelay(tries, maxDelaySeconds);
}

/** Returns a delay of 1, 2, 4, 8 … seconds for the tries 1, 2, 3, 4 …, up to a maximum. */
function doubledDelay(tries: number, maxSeconds: number): number {
  return Math.min(2 ** (tries - 1), maxSeconds);
}
