import * as z from 'zod';

/** `generation` counts the logins: a token is replaced only by whoever saw that very one refused. */
export const SessionToken = z.object({ authToken: z.string(), generation: z.number().int() });
export type SessionToken = z.infer<typeof SessionToken>;

/** Why nobody may log in for a while: how a login failed, or that one did not help. */
export const PauseReason = z.enum(['unauthorized', 'throttled', 'transient']);
export type PauseReason = z.infer<typeof PauseReason>;

/** Made of a login, or of what it came to. */
export interface Pause {
  readonly reason: PauseReason;
  readonly useless: number;
  readonly failed: number;
  readonly ms: number;
}

export interface StoredSession {
  /** Null before anybody has logged in. */
  readonly token: SessionToken | null;
  /** How long nobody may log in, and why. */
  readonly pausedMs: number;
  readonly pauseReason: PauseReason;
  /** How many logins in a row were refused, or are not known to have helped. */
  readonly useless: number;
  /** How many in a row could not be made for now: no answer, 5xx, 429. */
  readonly failed: number;
}

/**
 * Tokens of provider sessions, shared by all instances of all functions: one row an account. A row does not
 * expire: whether a token is still good, only the provider knows.
 */
export interface SessionStore {
  read(sessionId: string): Promise<StoredSession>;
  /**
   * Takes the right to log in, for `leaseMs`. Refused (false) while another holds it or logins are paused, or where
   * the token is newer than the one that was refused.
   */
  acquireLease(sessionId: string, refused: number, owner: string, leaseMs: number): Promise<boolean>;
  /** Ends the lease with the token that it was taken for. The pause is over once it is known that this one helps. */
  save(sessionId: string, owner: string, token: SessionToken, pause: Pause): Promise<void>;
  /** Ends the lease without one: there was no login. */
  releaseLease(sessionId: string, owner: string): Promise<void>;
  /** Ends the lease without one: the login failed. */
  fail(sessionId: string, owner: string, pause: Pause): Promise<void>;
  /** Where this token is still the newest: it was of no help. Never makes a pause shorter. */
  pause(sessionId: string, generation: number, pause: Pause): Promise<void>;
  /** This token, where it is still the newest, was of help. */
  forgetFailures(sessionId: string, generation: number): Promise<void>;
}
