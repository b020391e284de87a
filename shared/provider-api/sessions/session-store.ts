import * as z from 'zod';

/**
 * A token of a provider's API. `generation` counts the logins: only an instance whose token of this generation was
 * refused may replace the token.
 */
export const SessionToken = z.object({ authToken: z.string(), generation: z.number().int() });
export type SessionToken = z.infer<typeof SessionToken>;

/**
 * Why logins are paused. `unauthorized`: the login or its token was refused, or no call has shown yet that the token is
 * valid. `throttled`, `transient`: the login failed for now.
 */
export const PauseReason = z.enum(['unauthorized', 'throttled', 'transient']);
export type PauseReason = z.infer<typeof PauseReason>;

/** A period in which no instance may log in. */
export interface Pause {
  readonly reason: PauseReason;
  readonly fruitlessLogins: number;
  readonly failedLogins: number;
  readonly ms: number;
}

export interface StoredSession {
  /** Null before the first login. */
  readonly token: SessionToken | null;
  /** The remaining time in which no instance may log in. */
  readonly pausedMs: number;
  readonly pauseReason: PauseReason;
  /** How many logins in a row were refused, or gave a token that no call has shown to be valid. */
  readonly fruitlessLogins: number;
  /** How many logins in a row failed for now: no answer, 5xx or 429. */
  readonly failedLogins: number;
}

/**
 * Stores the tokens of provider sessions, which all instances of all functions share: one row per account. A row does
 * not expire, because only the provider knows whether a token is still valid.
 */
export interface SessionStore {
  read(sessionId: string): Promise<StoredSession>;
  /**
   * Acquires the right to log in, for `leaseMs`.
   *
   * @param refused generation of the token that was refused; 0 if there is no token
   * @returns false if another instance holds the lease, logins are paused, or the stored token is newer than the refused
   * one
   */
  acquireLease(sessionId: string, refused: number, owner: string, leaseMs: number): Promise<boolean>;
  /** Stores a new token and ends the lease. The pause ends early once a call shows that the token is valid. */
  save(sessionId: string, owner: string, token: SessionToken, pause: Pause): Promise<void>;
  /** Ends the lease without a login. */
  releaseLease(sessionId: string, owner: string): Promise<void>;
  /** Ends the lease after a login that failed. */
  recordFailure(sessionId: string, owner: string, pause: Pause): Promise<void>;
  /** Pauses logins if this token is still the newest. Never makes a pause shorter. */
  pause(sessionId: string, generation: number, pause: Pause): Promise<void>;
  /** Ends the pause and resets both counts if this token is still the newest: a call has shown that it is valid. */
  forgetFailures(sessionId: string, generation: number): Promise<void>;
}
