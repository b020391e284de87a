import { jsonAnswer, type SimulatedAnswer, textAnswer } from '../answer.ts';
import type { SimulatorApiRequest } from '../api-server.ts';
import { type CreatedDatakeenSession, createDatakeenSession } from './create-session.ts';
import { datakeenErrorAnswer } from './datakeen-error-answer.ts';
import {
  type DatakeenSimulatorAuthorizationScheme,
  datakeenLoginRequests,
  readDatakeenLoginCredentials,
} from './login-methods.ts';
import { storeDatakeenSessionInSimulator } from './put-session.ts';
import type { DatakeenSimulatorRouteMatch } from './routes.ts';
import type { DatakeenSessionState } from './session-state.ts';
import type { SimulatedDatakeenSessionStore } from './session-store.ts';
import type { SimulatedDatakeenLogins } from './tokens.ts';

export interface DatakeenSimulatorState {
  scheme: DatakeenSimulatorAuthorizationScheme;
  sessions: SimulatedDatakeenSessionStore;
  /** The Datakeen sessions that were created through the API. */
  created: CreatedDatakeenSession[];
  tokens: SimulatedDatakeenLogins;
  /** Returns true if the API must still answer as if a finished session were unfinished. Called once per request. */
  isTooEarly(sessionId: string): boolean;
}

/** Creates the normal answer of Datakeen's API to a request. A planned error of the simulator can replace this answer. */
export async function respondAsDatakeen(
  match: DatakeenSimulatorRouteMatch,
  request: SimulatorApiRequest,
  parts: DatakeenSimulatorState,
): Promise<SimulatedAnswer> {
  if (request.method !== match.method) return textAnswer(405, 'Method Not Allowed', { allow: match.method });
  switch (match.route) {
    case 'login':
      return login(request, parts);
    case 'create':
      return parts.tokens.accepts(request.headers.authorization)
        ? createDatakeenSession(await request.readText(), parts)
        : datakeenErrorAnswer(401);
    case 'session':
      return session(match.sessionId, request, parts);
    case 'control':
      return match.method === 'GET'
        ? jsonAnswer(200, { fetched: parts.sessions.wasFetched(match.sessionId) })
        : storeDatakeenSessionInSimulator(match.sessionId, await request.readText(), parts.sessions);
  }
}

async function login(
  request: SimulatorApiRequest,
  { scheme, tokens }: DatakeenSimulatorState,
): Promise<SimulatedAnswer> {
  const credentials = await readDatakeenLoginCredentials(request, datakeenLoginRequests[scheme]);
  if (credentials === null) return datakeenErrorAnswer(400);
  const token = tokens.login(credentials);
  if (token === null) return datakeenErrorAnswer(401, 'Wrong username or password');
  return jsonAnswer(200, { status: 200, data: { token } });
}

function session(
  sessionId: string,
  { headers }: SimulatorApiRequest,
  parts: DatakeenSimulatorState,
): SimulatedAnswer {
  if (!parts.tokens.accepts(headers.authorization)) return datakeenErrorAnswer(401);
  const found = parts.sessions.find(sessionId);
  if (found === undefined) return datakeenErrorAnswer(404);
  const { result } = found;
  if (result === null || parts.isTooEarly(sessionId)) return unfinishedAnswer();
  parts.sessions.markFetched(sessionId);
  return finishedAnswer(result);
}

/**
 * Creates the answer for an unfinished Datakeen session. Datakeen does not document it, so it is our own guess: HTTP
 * status 200, and status 202 in the body, because the body of a finished session contains a status too.
 */
function unfinishedAnswer(): SimulatedAnswer {
  return jsonAnswer(200, { status: 202, message: 'Analysis in progress', data: null });
}

/** Creates an answer with indented JSON. A test then fails if the fetcher archives JSON that it formatted again. */
function finishedAnswer(result: NonNullable<DatakeenSessionState['result']>): SimulatedAnswer {
  return { ...jsonAnswer(200, result), body: `${JSON.stringify(result, null, 2)}\n` };
}
