import { type Answer, jsonAnswer, textAnswer } from '../answer.ts';
import type { ApiRequest } from '../api-server.ts';
import { datakeenErrorAnswer } from './datakeen-error-answer.ts';
import { type AuthorizationScheme, loginMethods, readCredentials } from './login-methods.ts';
import { putSession } from './put-session.ts';
import type { DatakeenMatch } from './routes.ts';
import type { SessionState } from './session-state.ts';
import type { SessionStore } from './session-store.ts';
import type { DatakeenTokens } from './tokens.ts';

export interface DatakeenApiContext {
  scheme: AuthorizationScheme;
  sessions: SessionStore;
  tokens: DatakeenTokens;
  /** Returns true if the API must still answer that a finished session is unfinished. Called once per request. */
  isTooEarly(sessionId: string): boolean;
}

/** Creates the answer that Datakeen's API gives to a request, if no fault is injected. */
export async function respondAsDatakeen(
  match: DatakeenMatch,
  request: ApiRequest,
  parts: DatakeenApiContext,
): Promise<Answer> {
  if (request.method !== match.method) return textAnswer(405, 'Method Not Allowed', { allow: match.method });
  switch (match.route) {
    case 'login':
      return login(request, parts);
    case 'session':
      return session(match.sessionId, request, parts);
    case 'control':
      return match.method === 'GET'
        ? jsonAnswer(200, { fetched: parts.sessions.wasFetched(match.sessionId) })
        : putSession(match.sessionId, await request.readText(), parts.sessions);
  }
}

async function login(request: ApiRequest, { scheme, tokens }: DatakeenApiContext): Promise<Answer> {
  const credentials = await readCredentials(request, loginMethods[scheme]);
  if (credentials === null) return datakeenErrorAnswer(400);
  const token = tokens.login(credentials);
  if (token === null) return datakeenErrorAnswer(401, 'Wrong username or password');
  return jsonAnswer(200, { status: 200, data: { token } });
}

function session(sessionId: string, { headers }: ApiRequest, parts: DatakeenApiContext): Answer {
  if (!parts.tokens.accepts(headers.authorization)) return datakeenErrorAnswer(401);
  const found = parts.sessions.find(sessionId);
  if (found === undefined) return datakeenErrorAnswer(404);
  const { result } = found;
  if (result === null || parts.isTooEarly(sessionId)) return unfinishedAnswer();
  parts.sessions.markFetched(sessionId);
  return finishedAnswer(result);
}

/**
 * Creates the answer for an unfinished session. Datakeen does not document this answer, so it is our own guess: HTTP
 * status 200, and status 202 in the body, because the body of a finished session contains a status too.
 */
function unfinishedAnswer(): Answer {
  return jsonAnswer(200, { status: 202, message: 'Analysis in progress', data: null });
}

/** Creates an answer with indented JSON. A test then fails if the fetcher archives other bytes than it received. */
function finishedAnswer(result: NonNullable<SessionState['result']>): Answer {
  return { ...jsonAnswer(200, result), body: `${JSON.stringify(result, null, 2)}\n` };
}
