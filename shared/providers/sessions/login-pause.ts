import { EvidenceError } from '../evidence-error.ts';
import type { PauseReason } from './session-store.ts';

/** Of a login that was refused, or that did not help. */
const shortestPauseMs = 5000;
/** Of one that failed for now. */
const shortestRetryMs = 1000;
const longestPauseMs = 15 * 60 * 1000;

export const isRefusal = (error: unknown) => error instanceof EvidenceError && error.kind === 'unauthorized';

/**
 * How long nobody may log in after a login that failed, or that did not help: longer each time, up to a quarter of an
 * hour, because providers take repeated logins for an attack; and as long as the provider asks for.
 *
 * @param failures how many have come to nothing before, in a row
 * @returns null where there was no login: no credentials, or a fault of our own
 */
export function pauseAfter(error: unknown, failures: number): { reason: PauseReason; ms: number } | null {
  if (!(error instanceof EvidenceError)) return null;
  const { kind: reason, retryAfterSeconds } = error;
  if (reason !== 'unauthorized' && reason !== 'throttled' && reason !== 'transient') return null;
  return { reason, ms: Math.max(growingPauseMs(reason, failures), (retryAfterSeconds ?? 0) * 1000) };
}

/** The same where the provider asks for nothing. */
export function growingPauseMs(reason: PauseReason, failures: number): number {
  const shortest = reason === 'unauthorized' ? shortestPauseMs : shortestRetryMs;
  return Math.min(shortest * 2 ** failures, longestPauseMs);
}
