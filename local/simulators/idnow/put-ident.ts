import { type Answer, text } from '../answer.ts';
import { parseJson } from '../parse-json.ts';
import { isIdent } from './ident.ts';
import type { IdentStore } from './ident-store.ts';
import type { Account } from './sessions.ts';

interface Parts {
  accounts: readonly Account[];
  idents: IdentStore;
}

/**
 * The simulator's own route, for scenarios that are played from another process. It asks for no token:
 * the server listens on the loopback only, and the idents are invented.
 */
export function putIdent(path: { companyId: string; token: string }, body: string, parts: Parts): Answer {
  if (!parts.accounts.some(({ companyId }) => companyId === path.companyId)) {
    return text(404, `There is no account ${path.companyId}`);
  }
  const ident = parseJson(body);
  if (!isIdent(ident)) return text(400, 'The body is not an ident');
  const { companyid, transactionnumber } = ident.identificationprocess;
  const same = companyid === path.companyId && transactionnumber.toLowerCase() === path.token.toLowerCase();
  if (!same) return text(400, 'The ident is not the one that the path names');
  parts.idents.put(ident);
  return { status: 204, headers: {}, body: '' };
}
