import { EvidenceError, type FailureKind } from '../evidence-error.ts';
import type { Pause, PauseReason, StoredSession } from './session-store.ts';

/** Of a login that was refused, or that did not help. */
const shortestPauseMs = 5000;
/** Of one that failed for now. */
const shortestRetryMs = 1000;
const longestPauseMs = 15 * 60 * 1000;

export const isRefusal = (error: unknown) => error instanceof EvidenceError && error.kind === 'unauthorized';

/** What a provider answers only where it has taken the token. Of an overload, or no answer, nothing follows. */
const answersToGoodTokens: readonly FailureKind[] = [
  'not_ready',
  'forbidden',
  'not_found',
  'gone',
  'too_large',
  'invalid',
];

export const provesToken = (error: unknown) =>
  error instanceof EvidenceError && answersToGoodTokens.includes(error.kind);

/** What is known of the logins before: how many in a row have failed, or not helped, and how the last one did. */
export type Before = Pick<StoredSession, 'failures' | 'pauseReason'>;

/**
 * How long nobody may log in after a login that failed, or that did not help: longer each time, up to a quarter of an
 * hour, because providers take repeated logins for an attack; and as long as the provider asks for.
 *
 * @returns null where there was no login: no credentials, or a fault of our own
 */
export function pauseAfter(error: unknown, before: Before): Pause | null {
  if (!(error instanceof EvidenceError)) return null;
  const { kind: reason, retryAfterSeconds } = error;
  if (reason !== 'unauthorized' && reason !== 'throttled' && reason !== 'transient') return null;
  const failures = failuresLike(reason, before);
  const ms = Math.max(growingPauseMs(reason, failures), (retryAfterSeconds ?? 0) * 1000);
  return { reason, failures: failures + 1, ms };
}

/** How long nobody may log in after a login of which it is not known yet whether it helps, and how many did not. */
export function pauseUntilItHelps(before: Before): Pause {
  const reason = 'unauthorized';
  const failures = failuresLike(reason, before);
  return { reason, failures, ms: failures > 0 ? growingPauseMs(reason, failures) : 0 };
}

/** A provider that could not be reached for a while says nothing of whether logins help, nor the other way round. */
function failuresLike(reason: PauseReason, { failures, pauseReason }: Before): number {
  return (reason === 'unauthorized') === (pauseReason === 'unauthorized') ? failures : 0;
}

function growingPauseMs(reason: PauseReason, failures: number): number {
  const shortest = reason === 'unauthorized' ? shortestPauseMs : shortestRetryMs;
  return Math.min(shortest * 2 ** failures, longestPauseMs);
}
