import { textAnswer } from '../answer.ts';
import { type SimulatorApiServer, startSimulatorApiServer } from '../api-server.ts';
import type { CaseStateStore } from '../scenario.ts';
import { createIdentStore, type IdentStore } from './ident-store.ts';
import { createIdnowErrorByStatus } from './idnow-error-answer.ts';
import { respondAsIdnow } from './respond.ts';
import { type IdnowSimulatorRoute, matchIdnowPath } from './routes.ts';
import { createSimulatedIdnowLogins, type IdnowAccount } from './sessions.ts';
import { createIdentXmlSigningKey } from './signing-key.ts';

export interface IdnowSimulatorOptions {
  /** The port of the simulator. Default: 0, which means any free port. */
  port?: number;
  accounts: readonly IdnowAccount[];
  /** Returns the current time in milliseconds. Tests replace it to let tokens expire. */
  now?: () => number;
  /** The number of bytes to add to each ZIP. The simulator streams these bytes, so they need no memory. */
  zipPadding?: number;
}

export interface IdnowSimulator extends SimulatorApiServer<IdnowSimulatorRoute>, CaseStateStore {
  idents: IdentStore;
  put(ident: unknown): void;
  /** Makes all login tokens expire at once. IDnow's own tokens expire after one hour without use. */
  expireTokens(): void;
  /** The public key that verifies the signatures in `.xml.sig` files. */
  signingKeyPem: string;
}

/**
 * Starts a simulator of IDnow's API on 127.0.0.1.
 *
 * @example
 * const idnow = await startIdnowSimulator({ accounts: [{ companyId: 'democompany', apiKey: 'k' }] });
 * idnow.put(makeIdent({ state: 'SUCCESS', companyId: 'democompany', transactionNumber: 'txn-1', time }));
 * idnow.failNext('zip', { status: 503, times: 2, headers: { 'retry-after': '1' } });
 */
export async function startIdnowSimulator(options: IdnowSimulatorOptions): Promise<IdnowSimulator> {
  const { accounts, now = Date.now, zipPadding = 0, port } = options;
  const key = await createIdentXmlSigningKey();
  const idents = createIdentStore();
  const sessions = createSimulatedIdnowLogins(accounts, now);
  const parts = { accounts, idents, sessions, key, zipPadding };
  const server = await startSimulatorApiServer<IdnowSimulatorRoute>({
    port,
    requests: {
      login: 0,
      start: 0,
      delete: 0,
      ident: 0,
      zip: 0,
      pdf: 0,
      xml: 0,
      systemCheck: 0,
      control: 0,
      other: 0,
    },
    errorAnswer: createIdnowErrorByStatus,
    resolve(request) {
      const match = matchIdnowPath(request.path, request.method);
      return match === undefined
        ? { route: 'other', answer: () => textAnswer(404, 'Not Found') }
        : { route: match.route, answer: () => respondAsIdnow(match, request, parts) };
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
