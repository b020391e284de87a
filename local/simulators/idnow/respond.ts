import * as z from 'zod';
import { jsonAnswer, type SimulatedAnswer, textAnswer } from '../answer.ts';
import type { ApiRequest } from '../api-server.ts';
import { parseJson } from '../parse-json.ts';
import type { Ident } from './ident.ts';
import type { IdentStore } from './ident-store.ts';
import { createIdnowErrorByCause } from './idnow-error-answer.ts';
import { putIdent } from './put-ident.ts';
import { createIdentPdf } from './result-files.ts';
import { createIdentXml } from './result-xml.ts';
import { createIdentZip } from './result-zip.ts';
import type { IdnowRouteMatch } from './routes.ts';
import type { IdnowAccount, IdnowSessions } from './sessions.ts';
import type { SigningKey } from './signing-key.ts';

export interface IdnowApiContext {
  accounts: readonly IdnowAccount[];
  idents: IdentStore;
  sessions: IdnowSessions;
  key: SigningKey;
  zipPadding: number;
}

const loginBody = z.object({ apiKey: z.unknown().optional() });

/** Creates the normal answer of IDnow's API to a request. A planned error of the simulator can replace this answer. */
export async function respondAsIdnow(
  match: IdnowRouteMatch,
  request: ApiRequest,
  parts: IdnowApiContext,
): Promise<SimulatedAnswer> {
  if (request.method !== match.method) return textAnswer(405, 'Method Not Allowed', { allow: match.method });
  switch (match.route) {
    case 'systemCheck':
      return textAnswer(200, 'SYSTEM_CHECK_OK');
    case 'login':
      return login(match.companyId, await request.readText(), parts.sessions);
    case 'control':
      return putIdent(match, await request.readText(), parts);
    default:
      return result(match, request, parts);
  }
}

function login(companyId: string, body: string, sessions: IdnowSessions): SimulatedAnswer {
  const credentials = loginBody.safeParse(parseJson(body));
  if (!credentials.success) return createIdnowErrorByCause('UNPARSEABLE_JSON');
  const authToken = sessions.login(companyId, credentials.data.apiKey);
  return authToken === null ? createIdnowErrorByCause('INVALID_LOGIN_TOKEN') : jsonAnswer(200, { authToken });
}

function result(
  { route, companyId, token }: Extract<IdnowRouteMatch, { method: 'GET'; token: string }>,
  { headers }: ApiRequest,
  parts: IdnowApiContext,
): SimulatedAnswer {
  const login = headers['x-api-login-token'];
  const owner = parts.sessions.ownerOf(typeof login === 'string' ? login : undefined);
  if (owner === null) return createIdnowErrorByCause('INVALID_LOGIN_TOKEN');
  if (owner !== companyId) return createIdnowErrorByCause('SECURITY_VIOLATION');
  const ident = parts.idents.find(companyId, token);
  if (ident === undefined) return notFound(token);
  if (!isCaptured(ident)) return notFinished(ident);
  switch (route) {
    case 'ident':
      return jsonAnswer(200, ident);
    case 'xml':
      return file('application/xml', Buffer.from(createIdentXml(ident), 'utf8'));
    case 'pdf':
      return file('application/pdf', createIdentPdf(ident));
    case 'zip':
      return file('application/zip', createIdentZip(ident, { key: parts.key, padding: parts.zipPadding }));
  }
}

/** Returns true if the API has data of the ident. It has none until the user finishes or aborts the identification. */
function isCaptured({ identificationprocess: { result } }: Ident): boolean {
  return result !== undefined && !['START', 'STARTED', 'CREATED'].includes(result.toUpperCase());
}

/** Creates IDnow's answer for an unknown ident. A deleted ident, or one that was not started, gets the same answer. */
function notFound(token: string): SimulatedAnswer {
  const key = `Ident ${token} - No identification request found matching the provided parameters`;
  return createIdnowErrorByCause('OBJECT_NOT_FOUND', { key });
}

function notFinished({ identificationprocess: { id } }: Ident): SimulatedAnswer {
  return createIdnowErrorByCause('OBJECT_NOT_FOUND', {
    key: `Ident ${id} / IdentRequest 381892 not yet finished`,
  });
}

function file(type: string, body: SimulatedAnswer['body']): SimulatedAnswer {
  return { status: 200, headers: { 'content-type': type }, body };
}
