import { isSessionState, type SessionState } from './session-state.ts';

export interface SessionStore {
  /** Stores the current state of a session. Throws if the state has no id or no `result`. */
  put(state: unknown): void;
  find(sessionId: string): SessionState | undefined;
  /** Deletes the session, as Datakeen does after the retention period. */
  delete(sessionId: string): void;
  /** Returns whether the result was fetched after the state was put. */
  wasFetched(sessionId: string): boolean;
  markFetched(sessionId: string): void;
}

/** Creates an in-memory store of all sessions. */
export function createSessionStore(): SessionStore {
  const sessions = new Map<string, SessionState>();
  const fetched = new Set<string>();
  return {
    put(state) {
      if (!isSessionState(state)) throw new TypeError('A session needs a sessionId, and a result or null');
      // Store a copy, so later changes by the caller have no effect here.
      sessions.set(state.sessionId, structuredClone(state));
      fetched.delete(state.sessionId);
    },
    find: (sessionId) => sessions.get(sessionId),
    delete: (sessionId) => void sessions.delete(sessionId),
    wasFetched: (sessionId) => fetched.has(sessionId),
    markFetched: (sessionId) => void fetched.add(sessionId),
  };
}
