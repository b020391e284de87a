import { type Answer, json, text } from '../answer.ts';
import type { ApiRequest } from '../api-server.ts';
import { errorForStatus } from './error-answer.ts';
import { type AuthorizationScheme, logins, readCredentials } from './logins.ts';
import { putSession } from './put-session.ts';
import type { Match } from './routes.ts';
import type { SessionState } from './session-state.ts';
import type { SessionStore } from './session-store.ts';
import type { Tokens } from './tokens.ts';

export interface DatakeenParts {
  scheme: AuthorizationScheme;
  sessions: SessionStore;
  tokens: Tokens;
  /** Whether this request for a finished session comes too early; asked once for each. */
  isTooEarly(sessionId: string): boolean;
}

/** The provider's answer to a request that nothing was made to go wrong with. */
export async function respond(match: Match, request: ApiRequest, parts: DatakeenParts): Promise<Answer> {
  if (request.method !== match.method) return text(405, 'Method Not Allowed', { allow: match.method });
  switch (match.route) {
    case 'login':
      return login(request, parts);
    case 'session':
      return session(match.sessionId, request, parts);
    case 'control':
      return match.method === 'GET'
        ? json(200, { fetched: parts.sessions.wasFetched(match.sessionId) })
        : putSession(match.sessionId, await request.readText(), parts.sessions);
  }
}

async function login(request: ApiRequest, { scheme, tokens }: DatakeenParts): Promise<Answer> {
  const credentials = await readCredentials(request, logins[scheme]);
  if (credentials === null) return errorForStatus(400);
  const token = tokens.login(credentials);
  if (token === null) return errorForStatus(401, 'Wrong username or password');
  return json(200, { status: 200, data: { token } });
}

function session(sessionId: string, { headers }: ApiRequest, parts: DatakeenParts): Answer {
  if (!parts.tokens.admits(headers.authorization)) return errorForStatus(401);
  const found = parts.sessions.find(sessionId);
  if (found === undefined) return errorForStatus(404);
  const { result } = found;
  if (result === null || parts.isTooEarly(sessionId)) return unfinished();
  parts.sessions.noteFetch(sessionId);
  return finished(result);
}

/**
 * Our own assumption: what the provider answers before the analysis is done is printed nowhere. Its results
 * carry an HTTP-like status inside, so that a body which contradicts its HTTP status is what to expect.
 */
function unfinished(): Answer {
  return json(200, { status: 202, message: 'Analysis in progress', data: null });
}

/** Indented, so that a receiver that keeps its own serialization and not these bytes is found out. */
function finished(result: NonNullable<SessionState['result']>): Answer {
  return { ...json(200, result), body: `${JSON.stringify(result, null, 2)}\n` };
}
