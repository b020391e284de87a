import { type DatakeenSessionState, isDatakeenSessionState } from './session-state.ts';

export interface SimulatedDatakeenSessionStore {
  /** Stores the current state of a Datakeen session. Throws if the state has no `sessionId` or no `result`. */
  put(state: unknown): void;
  find(sessionId: string): DatakeenSessionState | undefined;
  /** Deletes a Datakeen session, as Datakeen does after its retention period. */
  delete(sessionId: string): void;
  /** Returns true if the session's result was fetched after `put` stored it. */
  wasFetched(sessionId: string): boolean;
  markFetched(sessionId: string): void;
}

/** Creates the simulator's in-memory store of Datakeen sessions. */
export function createSimulatedDatakeenSessionStore(): SimulatedDatakeenSessionStore {
  const sessions = new Map<string, DatakeenSessionState>();
  const fetched = new Set<string>();
  return {
    put(state) {
      if (!isDatakeenSessionState(state))
        throw new TypeError('A session needs a sessionId, and a result or null');
      sessions.set(state.sessionId, structuredClone(state));
      fetched.delete(state.sessionId);
    },
    find: (sessionId) => sessions.get(sessionId),
    delete: (sessionId) => void sessions.delete(sessionId),
    wasFetched: (sessionId) => fetched.has(sessionId),
    markFetched: (sessionId) => void fetched.add(sessionId),
  };
}
