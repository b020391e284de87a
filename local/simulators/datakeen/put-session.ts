import { type Answer, text } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import { isSessionState } from './session-state.ts';
import type { SessionStore } from './session-store.ts';

/**
 * The simulator's own route, for scenarios that are played from another process. It asks for no token:
 * the server listens on the loopback only, and the sessions are invented.
 */
export function putSession(sessionId: string, body: string, sessions: SessionStore): Answer {
  const state = parseJson(body);
  if (!isSessionState(state)) return text(400, 'The body is not the state of a session');
  if (state.sessionId !== sessionId) return text(400, 'The state is not of the session that the path names');
  sessions.put(state);
  return { status: 204, headers: {}, body: '' };
}
