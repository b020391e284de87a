import { type Answer, textAnswer } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import { isSessionState } from './session-state.ts';
import type { SessionStore } from './session-store.ts';

/**
 * Stores a session. This is the simulator's control route, for scenarios that another process plays. It needs no token:
 * the server listens only on 127.0.0.1, and the sessions are invented.
 */
export function putSession(sessionId: string, body: string, sessions: SessionStore): Answer {
  const state = parseJson(body);
  if (!isSessionState(state)) return textAnswer(400, 'The body is not the state of a session');
  if (state.sessionId !== sessionId)
    return textAnswer(400, 'The state does not match the session in the path');
  sessions.put(state);
  return { status: 204, headers: {}, body: '' };
}
