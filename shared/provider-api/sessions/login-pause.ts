import { EvidenceError, failureKindsProvingValidToken } from '../evidence-error.ts';
import type { LoginPause, StoredSession } from './session-store.ts';

/** The shortest pause after a refused login, or after a login whose token was refused. */
const shortestRefusalPauseMs = 5000;
/** The shortest pause after a login that got no answer, or an answer of 429 or 5xx. */
const shortestFailurePauseMs = 1000;
const longestPauseMs = 15 * 60 * 1000;

export const isUnauthorizedError = (error: unknown) =>
  error instanceof EvidenceError && error.kind === 'unauthorized';

/**
 * Checks whether a failed call proves that its token is valid: the API itself answered, and accepted the token. An
 * overload or a missing answer proves nothing about the token.
 */
export const provesTokenValid = (error: unknown) =>
  error instanceof EvidenceError && failureKindsProvingValidToken.includes(error.kind);

/**
 * Two counts of unsuccessful logins in a row, before the current login. One counts refused logins, and logins whose
 * token no call has shown to be valid. The other counts logins that got no answer, or an answer of 429 or 5xx.
 */
export type UnsuccessfulLoginCounts = Pick<StoredSession, 'unsuccessfulLogins' | 'failedLogins'>;

/**
 * Returns the pause after a login that failed, or after a new token that was refused. Each pause is twice as long as the
 * pause before, up to 15 minutes, because providers treat repeated logins as an attack. A pause is never shorter than the
 * provider's `Retry-After`.
 *
 * @returns null if no login was sent: no credentials are configured, or our own code failed
 */
export function computePauseAfterFailedLogin(
  error: unknown,
  { unsuccessfulLogins, failedLogins }: UnsuccessfulLoginCounts,
): LoginPause | null {
  if (!(error instanceof EvidenceError)) return null;
  const { kind: reason, retryAfterSeconds } = error;
  const requestedMs = (retryAfterSeconds ?? 0) * 1000;
  switch (reason) {
    case 'unauthorized': {
      const ms = Math.max(doubled(shortestRefusalPauseMs, unsuccessfulLogins), requestedMs);
      return { reason, unsuccessfulLogins: unsuccessfulLogins + 1, failedLogins: 0, ms };
    }
    case 'throttled':
    case 'transient': {
      const ms = Math.max(doubled(shortestFailurePauseMs, failedLogins), requestedMs);
      return { reason, unsuccessfulLogins, failedLogins: failedLogins + 1, ms };
    }
    default:
      return null;
  }
}

/**
 * Returns the pause that begins when a login returns a token. The login counts as unsuccessful until a call has shown
 * that the new token is valid.
 */
export function computePauseAfterLogin({ unsuccessfulLogins }: UnsuccessfulLoginCounts): LoginPause {
  const ms = unsuccessfulLogins > 0 ? doubled(shortestRefusalPauseMs, unsuccessfulLogins) : 0;
  return { reason: 'unauthorized', unsuccessfulLogins: unsuccessfulLogins + 1, failedLogins: 0, ms };
}

function doubled(shortestMs: number, times: number): number {
  return Math.min(shortestMs * 2 ** times, longestPauseMs);
}
