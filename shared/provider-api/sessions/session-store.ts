import * as z from 'zod/mini';

/**
 * A token of a provider's API. `generation` counts the logins of the account. An instance may replace the stored token
 * only if the API refused the token of this generation.
 */
export const SessionToken = z.object({ authToken: z.string(), generation: z.int() });
export type SessionToken = z.infer<typeof SessionToken>;

/**
 * The reason why logins are paused. `unauthorized`: the API refused the login or its token, or no call has yet shown that
 * the token is valid. `throttled`, `transient`: the login failed, but a later login may succeed.
 */
export const LoginPauseReason = z.enum(['unauthorized', 'throttled', 'transient']);
export type LoginPauseReason = z.infer<typeof LoginPauseReason>;

/** A period in which no instance may log in. */
export interface LoginPause {
  readonly reason: LoginPauseReason;
  readonly unsuccessfulLogins: number;
  readonly failedLogins: number;
  readonly ms: number;
}

export interface StoredSession {
  /** The token of the provider's API; null before the first login. */
  readonly token: SessionToken | null;
  /** The remaining milliseconds in which no instance may log in. */
  readonly pausedMs: number;
  readonly pauseReason: LoginPauseReason;
  /** The number of logins in a row that were refused, or that gave a token which no call has shown to be valid. */
  readonly unsuccessfulLogins: number;
  /** The number of logins in a row that got no answer, or an answer of 429 or 5xx. */
  readonly failedLogins: number;
}

/**
 * Stores the tokens of the login sessions at the providers' APIs: one row per account, which all instances of all
 * functions share. A row does not expire, because only the provider knows whether a token is still valid.
 */
export interface SessionStore {
  read(sessionId: string): Promise<StoredSession>;
  /**
   * Acquires the lease, the right to log in, for `leaseMs` milliseconds.
   *
   * @param refused the number of the login that gave the refused token; 0 if there is no token
   * @returns false if another instance holds the lease, logins are paused, or the stored token is newer than the refused
   * token
   */
  acquireLease(sessionId: string, refused: number, owner: string, leaseMs: number): Promise<boolean>;
  /**
   * Stores a new token with a pause for further logins, and ends the lease. The pause ends early if a call shows that the
   * token is valid.
   */
  save(sessionId: string, owner: string, token: SessionToken, pause: LoginPause): Promise<void>;
  /** Ends the lease without a new token and without a pause. It is for a login that was not sent. */
  releaseLease(sessionId: string, owner: string): Promise<void>;
  /** Stores the pause after a failed login, and ends the lease. */
  recordFailure(sessionId: string, owner: string, pause: LoginPause): Promise<void>;
  /**
   * Pauses logins, if no newer token is stored. Never makes a pause shorter. `generation` is the number of the login
   * that gave the token.
   */
  pause(sessionId: string, generation: number, pause: LoginPause): Promise<void>;
  /**
   * Ends the pause and resets both counts of unsuccessful logins, because a call has shown that the token is valid. Does
   * nothing if the stored token comes from another login.
   */
  forgetFailures(sessionId: string, generation: number): Promise<void>;
}
