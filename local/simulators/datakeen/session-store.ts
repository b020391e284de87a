import { isSessionState, type SessionState } from './session-state.ts';

export interface SessionStore {
  /** Takes the session's current state. Throws where it has no id or no result. */
  put(state: unknown): void;
  find(sessionId: string): SessionState | undefined;
  /** As after the provider's time of storage: the result is gone. */
  delete(sessionId: string): void;
  /** Whether somebody has got its result since it was put. */
  wasFetched(sessionId: string): boolean;
  noteFetch(sessionId: string): void;
}

/** All sessions, in memory. */
export function createSessionStore(): SessionStore {
  const sessions = new Map<string, SessionState>();
  const fetched = new Set<string>();
  return {
    put(state) {
      if (!isSessionState(state)) throw new TypeError('A session needs a sessionId, and a result or null');
      // A copy, so that what the caller does to it later stays the caller's.
      sessions.set(state.sessionId, structuredClone(state));
      fetched.delete(state.sessionId);
    },
    find: (sessionId) => sessions.get(sessionId),
    delete: (sessionId) => void sessions.delete(sessionId),
    wasFetched: (sessionId) => fetched.has(sessionId),
    noteFetch: (sessionId) => void fetched.add(sessionId),
  };
}
