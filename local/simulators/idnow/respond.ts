import * as z from 'zod';
import { jsonAnswer, type SimulatedAnswer, textAnswer } from '../answer.ts';
import type { SimulatorApiRequest } from '../api-server.ts';
import { parseJson } from '../parse-json.ts';
import type { SimulatedIdent } from './ident.ts';
import type { IdentStore } from './ident-store.ts';
import { createIdnowErrorByCause } from './idnow-error-answer.ts';
import { storeIdentInSimulator } from './put-ident.ts';
import { createIdentPdf } from './result-files.ts';
import { createIdentXml } from './result-xml.ts';
import { createIdentZip } from './result-zip.ts';
import type { IdnowSimulatorRouteMatch } from './routes.ts';
import type { IdnowAccount, SimulatedIdnowLogins } from './sessions.ts';
import type { IdentXmlSigningKey } from './signing-key.ts';
import { startIdent } from './start-ident.ts';

export interface IdnowSimulatorState {
  accounts: readonly IdnowAccount[];
  idents: IdentStore;
  sessions: SimulatedIdnowLogins;
  key: IdentXmlSigningKey;
  zipPadding: number;
}

const loginBody = z.object({ apiKey: z.unknown().optional() });

/** Creates the normal answer of IDnow's API to a request. A planned error of the simulator can replace this answer. */
export async function respondAsIdnow(
  match: IdnowSimulatorRouteMatch,
  request: SimulatorApiRequest,
  parts: IdnowSimulatorState,
): Promise<SimulatedAnswer> {
  if (request.method !== match.method) return textAnswer(405, 'Method Not Allowed', { allow: match.method });
  switch (match.route) {
    case 'systemCheck':
      return textAnswer(200, 'SYSTEM_CHECK_OK');
    case 'login':
      return login(match.companyId, await request.readText(), parts.sessions);
    case 'control':
      return storeIdentInSimulator(match, await request.readText(), parts);
    default:
      return ofOwner(match, request, parts);
  }
}

function login(companyId: string, body: string, sessions: SimulatedIdnowLogins): SimulatedAnswer {
  const credentials = loginBody.safeParse(parseJson(body));
  if (!credentials.success) return createIdnowErrorByCause('UNPARSEABLE_JSON');
  const authToken = sessions.login(companyId, credentials.data.apiKey);
  return authToken === null ? createIdnowErrorByCause('INVALID_LOGIN_TOKEN') : jsonAnswer(200, { authToken });
}

/** Creates the answer to a request that needs a login token of the ident's account. */
async function ofOwner(
  match: Exclude<IdnowSimulatorRouteMatch, { route: 'login' | 'systemCheck' | 'control' }>,
  request: SimulatorApiRequest,
  parts: IdnowSimulatorState,
): Promise<SimulatedAnswer> {
  const { companyId, token } = match;
  const login = request.headers['x-api-login-token'];
  const owner = parts.sessions.ownerOf(typeof login === 'string' ? login : undefined);
  if (owner === null) return createIdnowErrorByCause('INVALID_LOGIN_TOKEN');
  if (owner !== companyId) return createIdnowErrorByCause('SECURITY_VIOLATION');
  if (match.route === 'start') return startIdent(match, await request.readText(), parts.idents);
  const ident = parts.idents.find(companyId, token);
  if (ident === undefined) return notFound(token);
  if (!isCaptured(ident)) return notFinished(ident);
  switch (match.route) {
    case 'delete':
      parts.idents.delete(companyId, ident.identificationprocess.transactionnumber);
      return { status: 200, headers: {}, body: '' };
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
function isCaptured({ identificationprocess: { result } }: SimulatedIdent): boolean {
  return result !== undefined && !['START', 'STARTED', 'CREATED'].includes(result.toUpperCase());
}

/** Creates IDnow's answer for an unknown ident. A deleted ident, or one that was not started, gets the same answer. */
function notFound(token: string): SimulatedAnswer {
  const key = `Ident ${token} - No identification request found matching the provided parameters`;
  return createIdnowErrorByCause('OBJECT_NOT_FOUND', { key });
}

function notFinished({ identificationprocess: { id } }: SimulatedIdent): SimulatedAnswer {
  return createIdnowErrorByCause('OBJECT_NOT_FOUND', {
    key: `Ident ${id} / IdentRequest 381892 not yet finished`,
  });
}

function file(type: string, body: SimulatedAnswer['body']): SimulatedAnswer {
  return { status: 200, headers: { 'content-type': type }, body };
}
