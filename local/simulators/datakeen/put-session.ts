import { type SimulatedAnswer, textAnswer } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import { isDatakeenSessionState } from './session-state.ts';
import type { SimulatedDatakeenSessionStore } from './session-store.ts';

/**
 * Answers the simulator's control route: stores the Datakeen session that the request body contains.
 * `npm run simulate` uses this route. The route needs no token, because the server listens only on 127.0.0.1.
 */
export function storeDatakeenSessionInSimulator(
  sessionId: string,
  body: string,
  sessions: SimulatedDatakeenSessionStore,
): SimulatedAnswer {
  const state = parseJson(body);
  if (!isDatakeenSessionState(state)) return textAnswer(400, 'The body is not the state of a session');
  if (state.sessionId !== sessionId)
    return textAnswer(400, 'The state does not match the session in the path');
  sessions.put(state);
  return { status: 204, headers: {}, body: '' };
}
