import * as z from 'zod';
import { jsonAnswer, type SimulatedAnswer, textAnswer } from '../answer.ts';
import type { SimulatorApiRequest } from '../api-server.ts';
import { parseJson } from '../parse-json.ts';
import type { IdnowApiAnswer, IdnowApiCall, IdnowSimulatorState } from './api-call.ts';
import { answerBindingKey } from './binding-key.ts';
import { archiveIdent, copyIdent, deleteIdent } from './change-ident.ts';
import { createIdent } from './create-ident.ts';
import {
  answerDefinition,
  createDefinition,
  deleteDefinition,
  listDefinitions,
  updateDefinition,
} from './document-definitions.ts';
import { answerDocument, answerSignedDocument, listDocuments, uploadDocument } from './documents-to-sign.ts';
import { answerIdent, answerIdentPdf, answerIdentXml, answerIdentZip } from './ident-results.ts';
import { createIdnowErrorByCause } from './idnow-error-answer.ts';
import { listIdents } from './list-idents.ts';
import { storeIdentInSimulator } from './put-ident.ts';
import type { IdnowApiRoute, IdnowSimulatorRouteMatch } from './routes.ts';
import type { SimulatedIdnowLogins } from './sessions.ts';

const loginBody = z.object({ apiKey: z.unknown().optional() });

/** The answer of each route that needs a login token. */
const answers: Readonly<Record<IdnowApiRoute, (call: IdnowApiCall) => IdnowApiAnswer>> = {
  listIdents,
  ident: answerIdent,
  zip: answerIdentZip,
  pdf: answerIdentPdf,
  xml: answerIdentXml,
  createIdent,
  deleteIdent,
  copyIdent,
  archiveIdent,
  bindingKey: answerBindingKey,
  listDocuments,
  document: answerDocument,
  uploadDocument,
  signedDocument: answerSignedDocument,
  listDefinitions,
  createDefinition,
  definition: answerDefinition,
  updateDefinition,
  deleteDefinition,
};

/** Creates the normal answer of IDnow's API to a request. A planned error of the simulator can replace this answer. */
export async function respondAsIdnow(
  match: IdnowSimulatorRouteMatch,
  request: SimulatorApiRequest,
  state: IdnowSimulatorState,
): Promise<SimulatedAnswer> {
  const { route, ...parts } = match;
  switch (route) {
    case 'systemCheck':
      return textAnswer(200, 'SYSTEM_CHECK_OK');
    case 'login':
      return login(match.companyId, await request.readText(), state.sessions);
    case 'control':
      if (request.method !== 'PUT') return textAnswer(405, 'Method Not Allowed', { allow: 'PUT' });
      return storeIdentInSimulator(match, await request.readText(), state);
    default: {
      const owner = ownerOf(request, state.sessions);
      // IDnow checks the login before the path: an unknown path without a login gets the same answer as a known path.
      if (owner === null) return createIdnowErrorByCause('INVALID_LOGIN_TOKEN');
      if (route === 'other') return createIdnowErrorByCause('OBJECT_NOT_FOUND');
      if (owner !== match.companyId) return createIdnowErrorByCause('SECURITY_VIOLATION');
      return answers[route]({ ...parts, request, state });
    }
  }
}

function ownerOf({ headers }: SimulatorApiRequest, sessions: SimulatedIdnowLogins): string | null {
  const token = headers['x-api-login-token'];
  return sessions.ownerOf(typeof token === 'string' ? token : undefined);
}

function login(companyId: string, body: string, sessions: SimulatedIdnowLogins): SimulatedAnswer {
  const credentials = loginBody.safeParse(parseJson(body));
  if (!credentials.success) return createIdnowErrorByCause('UNPARSEABLE_JSON');
  const authToken = sessions.login(companyId, credentials.data.apiKey);
  return authToken === null ? createIdnowErrorByCause('INVALID_LOGIN_TOKEN') : jsonAnswer(200, { authToken });
}
