import { setTimeout as delay } from 'node:timers/promises';
import { EvidenceError } from '../evidence-error.ts';
import { growingPauseMs, isRefusal, pauseAfter } from './login-pause.ts';
import type { SessionStore, SessionToken } from './session-store.ts';

/** Longer than any login takes; after it, another instance takes over from one that died. */
const leaseMs = 20_000;
const pollMs = 150;

export interface ProviderSession {
  /**
   * Runs a call with the token in force. A call that fails as `unauthorized` renews the session and is repeated,
   * unless the very login that was made for it did not help.
   *
   * @throws EvidenceError `unauthorized` where a new token, or the login, is refused too
   */
  withToken<T>(call: (token: string) => Promise<T>): Promise<T>;
}

interface Options {
  readonly store: SessionStore;
  /** Who shares the token: `idnow:{companyid}`. */
  readonly sessionId: string;
  /** Identifies this instance as the holder of a lease. */
  readonly owner: string;
  readonly login: () => Promise<string>;
}

interface Renewed extends SessionToken {
  /** Of a token that this instance has just logged in for: how many logins before it did not help. Else null. */
  readonly failures: number | null;
}

/** A session that all instances share, and that exactly one of them renews when it is refused. */
export function providerSession({ store, sessionId, owner, login }: Options): ProviderSession {
  let known: SessionToken | null = null;
  let renewing: Promise<Renewed> | null = null;

  /** @param refused generation of the token that was refused; 0 where there is none */
  const renew = (refused: number): Promise<Renewed> => {
    renewing ??= renewShared(refused)
      .then((token) => {
        known = token;
        return token;
      })
      .finally(() => {
        renewing = null;
      });
    return renewing;
  };

  const renewShared = async (refused: number): Promise<Renewed> => {
    for (let waited = 0; waited <= leaseMs + pollMs; waited += pollMs) {
      const { token, pausedMs, pauseReason, failures } = await store.read(sessionId);
      if (token !== null && token.generation > refused) return { ...token, failures: null };
      if (pausedMs > 0) {
        const retryAfterSeconds = Math.ceil(pausedMs / 1000);
        const message = `session ${sessionId}: no login for ${retryAfterSeconds} s, since the last one failed`;
        throw new EvidenceError(pauseReason, message, { retryAfterSeconds });
      }
      if (await store.acquireLease(sessionId, refused, owner, leaseMs)) return logIn(refused, failures);
      await delay(pollMs);
    }
    throw new EvidenceError('transient', `session ${sessionId}: nobody renewed it in time`);
  };

  const logIn = async (refused: number, failures: number): Promise<Renewed> => {
    try {
      const token = { authToken: await login(), generation: refused + 1 };
      // Until a call has shown that it helps, nobody is to try again: many may be waiting for the same.
      const pauseMs = failures > 0 ? growingPauseMs('unauthorized', failures) : 0;
      await store.save(sessionId, owner, token, pauseMs);
      return { ...token, failures };
    } catch (error) {
      const pause = pauseAfter(error, failures);
      if (pause === null) await store.releaseLease(sessionId, owner);
      else await store.fail(sessionId, owner, pause.reason, failures + 1, pause.ms);
      throw error;
    }
  };

  const pauseLogins = async (generation: number, error: unknown, failures: number) => {
    const pause = pauseAfter(error, failures);
    if (pause !== null) await store.pause(sessionId, generation, failures + 1, pause.ms);
  };

  return {
    async withToken(call) {
      let token: Renewed = known === null ? await renew(0) : { ...known, failures: null };
      let hasRenewed = false;
      for (;;) {
        try {
          const answer = await call(token.authToken);
          if (token.failures) await store.forgetFailures(sessionId, token.generation);
          return answer;
        } catch (error) {
          if (!isRefusal(error)) throw error;
          if (hasRenewed && token.failures !== null) {
            // It is not the token that is refused.
            await pauseLogins(token.generation, error, token.failures);
            throw error;
          }
          token = await renew(token.generation);
          hasRenewed = true;
        }
      }
    },
  };
}
