import { setTimeout as delay } from 'node:timers/promises';
import { EvidenceError } from '../evidence-error.ts';
import {
  isUnauthorized,
  type LoginCounts,
  pauseAfter,
  pauseUntilConfirmed,
  provesTokenValid,
} from './login-pause.ts';
import type { SessionStore, SessionToken } from './session-store.ts';

/** Longer than any login takes. After it, another instance may take over from an instance that has died. */
const leaseMs = 20_000;
const pollMs = 150;

export interface ProviderSession {
  /**
   * Calls the API with the current token. If the call fails as `unauthorized`, the session is renewed and the call is
   * repeated. If a token is refused that this instance has just logged in for, the call is not repeated.
   *
   * @throws EvidenceError `unauthorized` if the new token or the login is refused too
   */
  withToken<T>(call: (token: string) => Promise<T>): Promise<T>;
}

interface Options {
  readonly store: SessionStore;
  /** The account whose token is shared, such as `idnow:{companyid}`. */
  readonly sessionId: string;
  /** Identifies this instance as the holder of a lease. */
  readonly owner: string;
  readonly login: () => Promise<string>;
}

interface CurrentToken extends SessionToken {
  /**
   * The counts before this instance logged in for the token. Null once a call has shown whether the token is valid, and
   * for a token of another instance.
   */
  readonly countsBefore: LoginCounts | null;
}

/** Makes a session that all instances share. If its token is refused, exactly one instance renews it. */
export function providerSession({ store, sessionId, owner, login }: Options): ProviderSession {
  let current: CurrentToken | null = null;
  let renewing: Promise<CurrentToken> | null = null;

  /** @param refused generation of the token that was refused; 0 if there is no token */
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

  const logIn = async (refused: number, counts: LoginCounts): Promise<CurrentToken> => {
    try {
      const token = { authToken: await login(), generation: refused + 1 };
      // Pause logins until a call shows that the token is valid: many instances may be waiting to log in.
      await store.save(sessionId, owner, token, pauseUntilConfirmed(counts));
      return { ...token, countsBefore: counts };
    } catch (error) {
      const pause = pauseAfter(error, counts);
      if (pause === null) await store.releaseLease(sessionId, owner);
      else await store.recordFailure(sessionId, owner, pause);
      throw error;
    }
  };

  /** Records that a call has tested the token. The table keeps the consequence. */
  const markAsTested = (generation: number) => {
    if (current?.generation === generation) current = { ...current, countsBefore: null };
  };

  const confirmToken = async ({ generation }: CurrentToken) => {
    if (current?.generation !== generation || current.countsBefore === null) return;
    markAsTested(generation);
    await store.forgetFailures(sessionId, generation);
  };

  const rejectToken = async ({ generation }: CurrentToken, counts: LoginCounts, error: unknown) => {
    markAsTested(generation);
    const pause = pauseAfter(error, counts);
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
          if (!isUnauthorized(error)) throw error;
          if (hasRenewed && token.countsBefore !== null) {
            // The token is new, so the provider refuses something else.
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
