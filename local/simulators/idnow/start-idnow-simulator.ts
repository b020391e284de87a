import { text } from '../answer.ts';
import { type ApiServer, startApiServer } from '../api-server.ts';
import type { StateSink } from '../scenario.ts';
import { errorForStatus } from './error-bodies.ts';
import { createIdentStore, type IdentStore } from './ident-store.ts';
import { respond } from './respond.ts';
import { type IdnowRoute, matchPath } from './routes.ts';
import { type Account, createSessions } from './sessions.ts';
import { createSigningKey } from './signing-key.ts';

export interface IdnowSimulatorOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  accounts: readonly Account[];
  /** Milliseconds, for the hour after which an idle token ends. */
  now?: () => number;
  /** Bytes added to each ZIP. They are streamed, and cost no memory here. */
  zipPadding?: number;
}

export interface IdnowSimulator extends ApiServer<IdnowRoute>, StateSink {
  idents: IdentStore;
  put(ident: unknown): void;
  /** Ends all sessions, as the provider does after an hour without a call. */
  expireTokens(): void;
  /** Verifies the `.xml.sig` files. */
  signingKeyPem: string;
}

/**
 * The provider's API on 127.0.0.1.
 *
 * @example
 * const idnow = await startIdnowSimulator({ accounts: [{ companyId: 'democompany', apiKey: 'k' }] });
 * idnow.put(makeIdent({ state: 'SUCCESS', companyId: 'democompany', transactionNumber: 'txn-1', time }));
 * idnow.failNext('zip', { status: 503, times: 2, headers: { 'retry-after': '1' } });
 */
export async function startIdnowSimulator(options: IdnowSimulatorOptions): Promise<IdnowSimulator> {
  const { accounts, now = Date.now, zipPadding = 0, port } = options;
  const key = await createSigningKey();
  const idents = createIdentStore();
  const sessions = createSessions(accounts, now);
  const parts = { accounts, idents, sessions, key, zipPadding };
  const server = await startApiServer<IdnowRoute>({
    port,
    requests: { login: 0, ident: 0, zip: 0, pdf: 0, xml: 0, systemCheck: 0, control: 0, other: 0 },
    errorAnswer: errorForStatus,
    resolve(request) {
      const match = matchPath(request.path);
      return match === undefined
        ? { route: 'other', answer: () => text(404, 'Not Found') }
        : { route: match.route, answer: () => respond(match, request, parts) };
    },
  });
  return {
    ...server,
    idents,
    put: idents.put,
    expireTokens: sessions.expireAll,
    signingKeyPem: key.publicKeyPem,
  };
}
