import { setTimeout as delay } from 'node:timers/promises';
import { EvidenceError } from '../evidence-error.ts';
import { type Before, isRefusal, pauseAfter, pauseUntilItHelps, provesToken } from './login-pause.ts';
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

interface Token extends SessionToken {
  /** Of a token that this instance has logged in for, until it is known whether that helps: see `Before`. Else null. */
  readonly before: Before | null;
}

/** A session that all instances share, and that exactly one of them renews when it is refused. */
export function providerSession({ store, sessionId, owner, login }: Options): ProviderSession {
  let known: Token | null = null;
  let renewing: Promise<Token> | null = null;

  /** @param refused generation of the token that was refused; 0 where there is none */
  const renew = (refused: number): Promise<Token> => {
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

  const renewShared = async (refused: number): Promise<Token> => {
    for (let waited = 0; waited <= leaseMs + pollMs; waited += pollMs) {
      const { token, pausedMs, ...before } = await store.read(sessionId);
      if (token !== null && token.generation > refused) return { ...token, before: null };
      if (pausedMs > 0) {
        const retryAfterSeconds = Math.ceil(pausedMs / 1000);
        const message = `session ${sessionId}: no login for ${retryAfterSeconds} s, since the last one failed`;
        throw new EvidenceError(before.pauseReason, message, { retryAfterSeconds });
      }
      if (await store.acquireLease(sessionId, refused, owner, leaseMs)) return logIn(refused, before);
      await delay(pollMs);
    }
    throw new EvidenceError('transient', `session ${sessionId}: nobody renewed it in time`);
  };

  const logIn = async (refused: number, before: Before): Promise<Token> => {
    try {
      const token = { authToken: await login(), generation: refused + 1 };
      // Until a call has shown that it helps, nobody is to try again: many may be waiting for the same.
      await store.save(sessionId, owner, token, pauseUntilItHelps(before));
      return { ...token, before };
    } catch (error) {
      const pause = pauseAfter(error, before);
      if (pause === null) await store.releaseLease(sessionId, owner);
      else await store.fail(sessionId, owner, pause);
      throw error;
    }
  };

  /** By now it is known whether it helps, and what follows from that is in the table. */
  const settle = (generation: number) => {
    if (known?.generation === generation) known = { ...known, before: null };
  };

  const helps = async ({ generation }: Token) => {
    if (known?.generation !== generation || known.before === null) return;
    settle(generation);
    await store.forgetFailures(sessionId, generation);
  };

  const helpsNot = async ({ generation }: Token, before: Before, error: unknown) => {
    settle(generation);
    const pause = pauseAfter(error, before);
    if (pause !== null) await store.pause(sessionId, generation, pause);
  };

  return {
    async withToken(call) {
      let token = known ?? (await renew(0));
      let hasRenewed = false;
      for (;;) {
        try {
          const answer = await call(token.authToken);
          await helps(token);
          return answer;
        } catch (error) {
          if (provesToken(error)) await helps(token);
          if (!isRefusal(error)) throw error;
          if (hasRenewed && token.before !== null) {
            // It is not the token that is refused.
            await helpsNot(token, token.before, error);
            throw error;
          }
          token = await renew(token.generation);
          hasRenewed = true;
        }
      }
    },
  };
}
