import { text } from '../answer.ts';
import { type ApiServer, startApiServer } from '../api-server.ts';
import { firstTimes } from '../first-times.ts';
import type { StateSink } from '../scenario.ts';
import { errorForStatus } from './error-answer.ts';
import type { AuthorizationScheme, Credentials } from './logins.ts';
import { respond } from './respond.ts';
import { type DatakeenRoute, matchPath } from './routes.ts';
import { isSessionState } from './session-state.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';
import { createTokens } from './tokens.ts';

export interface DatakeenSimulatorOptions extends Credentials {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Milliseconds, for the day after which a token ends. */
  now?: () => number;
  /** How often a finished session is answered as unfinished first: once, unless told otherwise. */
  notReady?: number;
  /** Basic, the default, makes it the v1 API, Bearer the v2 API. */
  authorizationScheme?: AuthorizationScheme;
}

export interface DatakeenSimulator extends ApiServer<DatakeenRoute>, StateSink {
  sessions: SessionStore;
  /** Takes a session's state, `makeSession` makes one. */
  put(state: unknown): void;
  /** Ends all tokens, as the provider does a day after their login. */
  expireTokens(): void;
}

/**
 * The provider's API on 127.0.0.1.
 *
 * @example
 * const datakeen = await startDatakeenSimulator({ username: 'user', password: 'p' });
 * datakeen.put(makeSession({ sessionId: '662f5f9c9c18e30012c2f021' }));
 * datakeen.failNext('session', { status: 503, times: 2, headers: { 'retry-after': '1' } });
 */
export async function startDatakeenSimulator(options: DatakeenSimulatorOptions): Promise<DatakeenSimulator> {
  const { port, now = Date.now, notReady = 1, authorizationScheme: scheme = 'Basic' } = options;
  const sessions = createSessionStore();
  const tokens = createTokens(options, scheme, now);
  const parts = { scheme, sessions, tokens, isTooEarly: firstTimes(notReady) };
  const server = await startApiServer<DatakeenRoute>({
    port,
    requests: { login: 0, session: 0, control: 0, other: 0 },
    errorAnswer: errorForStatus,
    resolve(request) {
      const match = matchPath(request.path, request.method ?? 'GET', scheme);
      return match === undefined
        ? { route: 'other', answer: () => text(404, 'Not Found') }
        : { route: match.route, answer: () => respond(match, request, parts) };
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
