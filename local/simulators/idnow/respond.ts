import * as z from 'zod';
import { type Answer, json, text } from '../answer.ts';
import type { ApiRequest } from '../api-server.ts';
import { parseJson } from '../parse-json.ts';
import { providerError } from './error-bodies.ts';
import type { Ident } from './ident.ts';
import type { IdentStore } from './ident-store.ts';
import { putIdent } from './put-ident.ts';
import { resultPdf } from './result-files.ts';
import { resultXml } from './result-xml.ts';
import { resultZip } from './result-zip.ts';
import type { Match } from './routes.ts';
import type { Account, Sessions } from './sessions.ts';
import type { SigningKey } from './signing-key.ts';

export interface IdnowParts {
  accounts: readonly Account[];
  idents: IdentStore;
  sessions: Sessions;
  key: SigningKey;
  zipPadding: number;
}

const loginBody = z.object({ apiKey: z.unknown().optional() });

/** The provider's answer to a request that nothing was made to go wrong with. */
export async function respond(match: Match, request: ApiRequest, parts: IdnowParts): Promise<Answer> {
  if (request.method !== match.method) return text(405, 'Method Not Allowed', { allow: match.method });
  switch (match.route) {
    case 'systemCheck':
      return text(200, 'SYSTEM_CHECK_OK');
    case 'login':
      return login(match.companyId, await request.readText(), parts.sessions);
    case 'control':
      return putIdent(match, await request.readText(), parts);
    default:
      return result(match, request, parts);
  }
}

function login(companyId: string, body: string, sessions: Sessions): Answer {
  const credentials = loginBody.safeParse(parseJson(body));
  if (!credentials.success) return providerError('UNPARSEABLE_JSON');
  const authToken = sessions.login(companyId, credentials.data.apiKey);
  return authToken === null ? providerError('INVALID_LOGIN_TOKEN') : json(200, { authToken });
}

function result(
  { route, companyId, token }: Extract<Match, { method: 'GET'; token: string }>,
  { headers }: ApiRequest,
  parts: IdnowParts,
): Answer {
  const login = headers['x-api-login-token'];
  const owner = parts.sessions.ownerOf(typeof login === 'string' ? login : undefined);
  if (owner === null) return providerError('INVALID_LOGIN_TOKEN');
  if (owner !== companyId) return providerError('SECURITY_VIOLATION');
  const ident = parts.idents.find(companyId, token);
  if (ident === undefined) return notFound(token);
  if (!isCaptured(ident)) return notFinished(ident);
  switch (route) {
    case 'ident':
      return json(200, ident);
    case 'xml':
      return file('application/xml', Buffer.from(resultXml(ident), 'utf8'));
    case 'pdf':
      return file('application/pdf', resultPdf(ident));
    case 'zip':
      return file('application/zip', resultZip(ident, { key: parts.key, padding: parts.zipPadding }));
  }
}

/** The provider holds no data of an ident until its user has finished or given up in the app. */
function isCaptured({ identificationprocess: { result } }: Ident): boolean {
  return result !== undefined && !['START', 'STARTED', 'CREATED'].includes(result.toUpperCase());
}

/** Never created, created and not started, deleted: the provider does not tell them apart. */
function notFound(token: string): Answer {
  const key = `Ident ${token} - No identification request found matching the provided parameters`;
  return providerError('OBJECT_NOT_FOUND', { key });
}

function notFinished({ identificationprocess: { id } }: Ident): Answer {
  return providerError('OBJECT_NOT_FOUND', { key: `Ident ${id} / IdentRequest 381892 not yet finished` });
}

function file(type: string, body: Answer['body']): Answer {
  return { status: 200, headers: { 'content-type': type }, body };
}
