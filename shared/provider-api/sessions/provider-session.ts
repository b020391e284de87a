import { setTimeout as delay } from 'node:timers/promises';
import { EvidenceError } from '../evidence-error.ts';
import {
  computePauseAfterFailedLogin,
  computePauseAfterLogin,
  isUnauthorizedError,
  provesTokenValid,
  type UnsuccessfulLoginCounts,
} from './login-pause.ts';
import type { SessionStore, SessionToken } from './session-store.ts';

/**
 * The duration of a lease, which is longer than any login takes. If the holder of the lease dies, another instance may
 * log in after this time.
 */
const leaseMs = 20_000;
const pollMs = 150;

export interface ProviderSession {
  /**
   * Calls the API with the current token. If the API refuses the token, the session logs in again, and the call is
   * repeated. If this instance has just logged in and the API refuses the new token too, the call is not repeated.
   *
   * @throws EvidenceError `unauthorized` if the API refuses the new token or the login
   */
  withToken<T>(call: (token: string) => Promise<T>): Promise<T>;
}

interface Options {
  readonly store: SessionStore;
  /** The account to which the token belongs, such as `idnow:{companyid}`. All instances share its token. */
  readonly sessionId: string;
  /** The id of this instance. It marks the leases that this instance holds. */
  readonly owner: string;
  readonly login: () => Promise<string>;
}

interface CurrentToken extends SessionToken {
  /**
   * The counts of unsuccessful logins, before this instance logged in for this token. Null if another instance logged in
   * for the token, or if a call has already shown whether the token is valid.
   */
  readonly countsBefore: UnsuccessfulLoginCounts | null;
}

/** Makes a login session that all instances share. If the API refuses its token, exactly one instance logs in again. */
export function createProviderSession({ store, sessionId, owner, login }: Options): ProviderSession {
  let current: CurrentToken | null = null;
  let renewing: Promise<CurrentToken> | null = null;

  /** @param refused the number of the login that gave the refused token; 0 if there is no token */
  const renew = (refused: number): Promise<CurrentToken> => {
    renewing ??= renewShared(refused)
      .then((token) => {
        current = token;
        return token;
      })
      .finally(() => {
        renewing = null;
      });
    return renewing;
  };

  const renewShared = async (refused: number): Promise<CurrentToken> => {
    for (let waited = 0; waited <= leaseMs + pollMs; waited += pollMs) {
      const { token, pausedMs, pauseReason, ...counts } = await store.read(sessionId);
      if (token !== null && token.generation > refused) return { ...token, countsBefore: null };
      if (pausedMs > 0) {
        const retryAfterSeconds = Math.ceil(pausedMs / 1000);
        const message = `session ${sessionId}: no login for ${retryAfterSeconds} s, because the last login failed`;
        throw new EvidenceError(pauseReason, message, { retryAfterSeconds });
      }
      if (await store.acquireLease(sessionId, refused, owner, leaseMs)) return logIn(refused, counts);
      await delay(pollMs);
    }
    throw new EvidenceError('transient', `session ${sessionId}: no instance renewed it in time`);
  };

  const logIn = async (refused: number, counts: UnsuccessfulLoginCounts): Promise<CurrentToken> => {
    try {
      const token = { authToken: await login(), generation: refused + 1 };
      // Store the token with a pause for further logins, because many instances may be waiting to log in. The pause ends
      // when a call shows that the token is valid.
      await store.save(sessionId, owner, token, computePauseAfterLogin(counts));
      return { ...token, countsBefore: counts };
    } catch (error) {
      const pause = computePauseAfterFailedLogin(error, counts);
      if (pause === null) await store.releaseLease(sessionId, owner);
      else await store.recordFailure(sessionId, owner, pause);
      throw error;
    }
  };

  /**
   * Remembers in memory that a call has shown whether the token is valid. Other instances learn it from the table
   * `Sessions`: a refused token starts a pause of logins, and a valid token ends the pause.
   */
  const markAsTested = (generation: number) => {
    if (current?.generation === generation) current = { ...current, countsBefore: null };
  };

  const confirmToken = async ({ generation }: CurrentToken) => {
    if (current?.generation !== generation || current.countsBefore === null) return;
    markAsTested(generation);
    await store.forgetFailures(sessionId, generation);
  };

  const rejectToken = async (
    { generation }: CurrentToken,
    counts: UnsuccessfulLoginCounts,
    error: unknown,
  ) => {
    markAsTested(generation);
    const pause = computePauseAfterFailedLogin(error, counts);
    if (pause !== null) await store.pause(sessionId, generation, pause);
  };

  return {
    async withToken(call) {
      let token = current ?? (await renew(0));
      let hasRenewed = false;
      for (;;) {
        try {
          const answer = await call(token.authToken);
          await confirmToken(token);
          return answer;
        } catch (error) {
          if (provesTokenValid(error)) await confirmToken(token);
          if (!isUnauthorizedError(error)) throw error;
          if (hasRenewed && token.countsBefore !== null) {
            // Another login would not help, because the API refuses even a token from a moment ago.
            await rejectToken(token, token.countsBefore, error);
            throw error;
          }
          token = await renew(token.generation);
          hasRenewed = true;
        }
      }
    },
  };
}
