import { textAnswer } from '../answer.ts';
import { type SimulatorApiServer, startSimulatorApiServer } from '../api-server.ts';
import { createFirstCallsPredicate } from '../is-among-first-calls.ts';
import type { CaseStateStore } from '../scenario.ts';
import type { CreatedDatakeenSession } from './create-session.ts';
import { datakeenErrorAnswer } from './datakeen-error-answer.ts';
import type { DatakeenCredentials, DatakeenSimulatorAuthorizationScheme } from './login-methods.ts';
import { respondAsDatakeen } from './respond.ts';
import { type DatakeenSimulatorRoute, matchDatakeenPath } from './routes.ts';
import { isDatakeenSessionState } from './session-state.ts';
import { createSimulatedDatakeenSessionStore, type SimulatedDatakeenSessionStore } from './session-store.ts';
import { createSimulatedDatakeenLogins } from './tokens.ts';

export interface DatakeenSimulatorOptions extends DatakeenCredentials {
  /** The port of the simulator. Default: 0, which means any free port. */
  port?: number;
  /** Returns the current time in milliseconds. Tests replace it to let tokens expire. */
  now?: () => number;
  /** How often the API reports a finished Datakeen session as unfinished, before it returns the result. Default: 1. */
  notReady?: number;
  /** The `Authorization` scheme of the API: `Basic` simulates version 1, `Bearer` version 2. Default: `Basic`. */
  authorizationScheme?: DatakeenSimulatorAuthorizationScheme;
}

export interface DatakeenSimulator extends SimulatorApiServer<DatakeenSimulatorRoute>, CaseStateStore {
  sessions: SimulatedDatakeenSessionStore;
  /** Stores the state of a Datakeen session. The API returns it from then on. */
  put(state: unknown): void;
  /** The Datakeen sessions that were created through the API, with their requests. */
  created: readonly CreatedDatakeenSession[];
  /** Makes all login tokens expire at once. Datakeen's own tokens expire one day after the login. */
  expireTokens(): void;
}

/**
 * Starts a simulator of Datakeen's API on 127.0.0.1.
 *
 * @example
 * const datakeen = await startDatakeenSimulator({ username: 'user', password: 'p' });
 * datakeen.put(makeDatakeenSession({ sessionId: '662f5f9c9c18e30012c2f021' }));
 * datakeen.failNext('session', { status: 503, times: 2, headers: { 'retry-after': '1' } });
 */
export async function startDatakeenSimulator(options: DatakeenSimulatorOptions): Promise<DatakeenSimulator> {
  const { port, now = Date.now, notReady = 1, authorizationScheme: scheme = 'Basic' } = options;
  const sessions = createSimulatedDatakeenSessionStore();
  const created: CreatedDatakeenSession[] = [];
  const tokens = createSimulatedDatakeenLogins(options, scheme, now);
  const parts = { scheme, sessions, created, tokens, isTooEarly: createFirstCallsPredicate(notReady) };
  const server = await startSimulatorApiServer<DatakeenSimulatorRoute>({
    port,
    requests: { login: 0, create: 0, session: 0, control: 0, other: 0 },
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
    created,
    put: sessions.put,
    wasFetched: (state) => !isDatakeenSessionState(state) || sessions.wasFetched(state.sessionId),
    expireTokens: tokens.expireAll,
  };
}
