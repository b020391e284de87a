import { type SimulatedAnswer, textAnswer } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import { isIdent } from './ident.ts';
import type { IdentStore } from './ident-store.ts';
import type { IdnowAccount } from './sessions.ts';

interface PutIdentParts {
  accounts: readonly IdnowAccount[];
  idents: IdentStore;
}

/**
 * Answers the simulator's control route: stores the ident that the request body contains.
 * `npm run simulate` uses this route. The route needs no token, because the server listens only on 127.0.0.1.
 */
export function storeIdentInSimulator(
  path: { companyId: string; token: string },
  body: string,
  parts: PutIdentParts,
): SimulatedAnswer {
  if (!parts.accounts.some(({ companyId }) => companyId === path.companyId)) {
    return textAnswer(404, `There is no account ${path.companyId}`);
  }
  const ident = parseJson(body);
  if (!isIdent(ident)) return textAnswer(400, 'The body is not an ident');
  const { companyid, transactionnumber } = ident.identificationprocess;
  const same = companyid === path.companyId && transactionnumber.toLowerCase() === path.token.toLowerCase();
  if (!same) return textAnswer(400, 'The ident does not match the path');
  parts.idents.put(ident);
  return { status: 204, headers: {}, body: '' };
}
