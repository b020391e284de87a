import { setTimeout as delay } from 'node:timers/promises';
import { EvidenceError } from '../evidence-error.ts';
import type { SessionStore, SessionToken } from './session-store.ts';

/** Longer than any login takes; after it, another instance takes over from one that died. */
const leaseMs = 20_000;
const pollMs = 150;

/**
 * After a login that was refused, or one that did not help, nobody logs in for 5 seconds, then 10, 20 … up to a
 * quarter of an hour: providers take repeated logins for an attack.
 */
const firstPauseMs = 5000;
const longestPauseMs = 15 * 60 * 1000;

export interface ProviderSession {
  /**
   * Runs a call with the token in force. A call that fails as `unauthorized` renews the session once and is
   * repeated once.
   *
   * @throws EvidenceError `unauthorized` where the renewed token, or the login, is refused too
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

/** A session that all instances share, and that exactly one of them renews when it is refused. */
export function providerSession({ store, sessionId, owner, login }: Options): ProviderSession {
  let known: SessionToken | null = null;
  let renewing: Promise<SessionToken> | null = null;

  /** @param refused generation of the token that was refused; 0 where there is none */
  const renew = (refused: number): Promise<SessionToken> => {
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

  const renewShared = async (refused: number): Promise<SessionToken> => {
    for (let waited = 0; waited <= leaseMs + pollMs; waited += pollMs) {
      const { token, pausedMs, refusals } = await store.read(sessionId);
      if (token !== null && token.generation > refused) return token;
      if (pausedMs > 0) {
        const retryAfterSeconds = Math.ceil(pausedMs / 1000);
        const message = `session ${sessionId}: refused, no login for ${retryAfterSeconds} s`;
        throw new EvidenceError('unauthorized', message, { retryAfterSeconds });
      }
      if (await store.acquireLease(sessionId, refused, owner, leaseMs)) return logIn(refused, refusals);
      await delay(pollMs);
    }
    throw new EvidenceError('transient', `session ${sessionId}: nobody renewed it in time`);
  };

  const logIn = async (refused: number, refusals: number): Promise<SessionToken> => {
    try {
      const token = { authToken: await login(), generation: refused + 1 };
      await store.save(sessionId, owner, token);
      return token;
    } catch (error) {
      if (isRefusal(error)) await store.refuse(sessionId, owner, refusals + 1, pauseAfter(refusals));
      else await store.releaseLease(sessionId, owner);
      throw error;
    }
  };

  const repeat = async <T>(call: (token: string) => Promise<T>, renewed: SessionToken): Promise<T> => {
    try {
      return await call(renewed.authToken);
    } catch (error) {
      // It is not the token that is refused.
      if (isRefusal(error)) await store.pause(sessionId, renewed.generation, firstPauseMs);
      throw error;
    }
  };

  return {
    async withToken(call) {
      const first = known ?? (await renew(0));
      try {
        return await call(first.authToken);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        const renewed = await renew(first.generation);
        return repeat(call, renewed);
      }
    },
  };
}

const isRefusal = (error: unknown) => error instanceof EvidenceError && error.kind === 'unauthorized';

const pauseAfter = (refusals: number) => Math.min(firstPauseMs * 2 ** refusals, longestPauseMs);
