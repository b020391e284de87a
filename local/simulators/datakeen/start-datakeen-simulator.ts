import { textAnswer } from '../answer.ts';
import { type ApiServer, startApiServer } from '../api-server.ts';
import { isAmongFirstCalls } from '../is-among-first-calls.ts';
import type { StateSink } from '../scenario.ts';
import { datakeenErrorAnswer } from './datakeen-error-answer.ts';
import type { AuthorizationScheme, DatakeenCredentials } from './login-methods.ts';
import { respondAsDatakeen } from './respond.ts';
import { type DatakeenRoute, matchDatakeenPath } from './routes.ts';
import { isSessionState } from './session-state.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';
import { createDatakeenTokens } from './tokens.ts';

export interface DatakeenSimulatorOptions extends DatakeenCredentials {
  /** The port. 0, the default, means any free port. */
  port?: number;
  /** Returns the current time in milliseconds. A token expires one day after its login. */
  now?: () => number;
  /** How many requests for a finished session get the answer "unfinished" first. Default: 1. */
  notReady?: number;
  /** `Basic`, the default, simulates version 1 of the API. `Bearer` simulates version 2. */
  authorizationScheme?: AuthorizationScheme;
}

export interface DatakeenSimulator extends ApiServer<DatakeenRoute>, StateSink {
  sessions: SessionStore;
  /** Stores the state of a session. `makeSession` makes a state. */
  put(state: unknown): void;
  /** Expires all tokens, as Datakeen does one day after their login. */
  expireTokens(): void;
}

/**
 * Starts a simulator of Datakeen's API on 127.0.0.1.
 *
 * @example
 * const datakeen = await startDatakeenSimulator({ username: 'user', password: 'p' });
 * datakeen.put(makeSession({ sessionId: '662f5f9c9c18e30012c2f021' }));
 * datakeen.failNext('session', { status: 503, times: 2, headers: { 'retry-after': '1' } });
 */
export async function startDatakeenSimulator(options: DatakeenSimulatorOptions): Promise<DatakeenSimulator> {
  const { port, now = Date.now, notReady = 1, authorizationScheme: scheme = 'Basic' } = options;
  const sessions = createSessionStore();
  const tokens = createDatakeenTokens(options, scheme, now);
  const parts = { scheme, sessions, tokens, isTooEarly: isAmongFirstCalls(notReady) };
  const server = await startApiServer<DatakeenRoute>({
    port,
    requests: { login: 0, session: 0, control: 0, other: 0 },
    errorAnswer: datakeenErrorAnswer,
    resolve(request) {
      const match = matchDatakeenPath(request.path, request.method ?? 'GET', scheme);
      return match === undefined
        ? { route: 'other', answer: () => textAnswer(404, 'Not Found') }
        : { route: match.route, answer: () => respondAsDatakeen(match, request, parts) };
    },
  });
  return {
    ...server,
    sessions,
    put: sessions.put,
    wasFetched: (state) => !isSessionState(state) || sessions.wasFetched(state.sessionId),
    expireTokens: tokens.expireAll,
  };
}
