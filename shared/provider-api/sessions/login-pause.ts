import { answered, EvidenceError } from '../evidence-error.ts';
import type { Pause, StoredSession } from './session-store.ts';

/** Of a login that was refused, or that did not help. */
const shortestPauseMs = 5000;
/** Of one that failed for now. */
const shortestRetryMs = 1000;
const longestPauseMs = 15 * 60 * 1000;

export const isRefusal = (error: unknown) => error instanceof EvidenceError && error.kind === 'unauthorized';

/** A call is answered only where the token was taken. Of an overload, or no answer, nothing follows. */
export const provesToken = (error: unknown) =>
  error instanceof EvidenceError && answered.includes(error.kind);

/** What has become of the logins before. */
export type Before = Pick<StoredSession, 'useless' | 'failed'>;

/**
 * How long nobody may log in after a login that failed, or that did not help: longer each time, up to a quarter of an
 * hour, because providers take repeated logins for an attack; and as long as the provider asks for.
 *
 * @returns null where there was no login: no credentials, or a fault of our own
 */
export function pauseAfter(error: unknown, { useless, failed }: Before): Pause | null {
  if (!(error instanceof EvidenceError)) return null;
  const { kind: reason, retryAfterSeconds } = error;
  const askedForMs = (retryAfterSeconds ?? 0) * 1000;
  switch (reason) {
    case 'unauthorized': {
      const ms = Math.max(growing(shortestPauseMs, useless), askedForMs);
      return { reason, useless: useless + 1, failed: 0, ms };
    }
    case 'throttled':
    case 'transient': {
      const ms = Math.max(growing(shortestRetryMs, failed), askedForMs);
      return { reason, useless, failed: failed + 1, ms };
    }
    default:
      return null;
  }
}

/** How long nobody may log in after a login of which nothing is known yet: until then, it counts as one more. */
export function pauseUntilItHelps({ useless }: Before): Pause {
  const ms = useless > 0 ? growing(shortestPauseMs, useless) : 0;
  return { reason: 'unauthorized', useless: useless + 1, failed: 0, ms };
}

/** Doubled with each that came to nothing. */
function growing(shortestMs: number, times: number): number {
  return Math.min(shortestMs * 2 ** times, longestPauseMs);
}
