import { type SimulatorApiServer, startSimulatorApiServer } from '../api-server.ts';
import type { CaseStateStore } from '../scenario.ts';
import { createEsigningStore } from './esigning-store.ts';
import { createIdentStore, type IdentStore } from './ident-store.ts';
import { createIdnowErrorByStatus } from './idnow-error-answer.ts';
import { respondAsIdnow } from './respond.ts';
import { createIdnowRequestCounters, type IdnowSimulatorRoute, matchIdnowRequest } from './routes.ts';
import { createSimulatedIdnowLogins, type IdnowAccount } from './sessions.ts';
import { createIdentXmlSigningKey, type IdentXmlSigningKey } from './signing-key.ts';

export interface IdnowSimulatorOptions {
  /** The port of the simulator. Default: 0, which means any free port. */
  port?: number;
  accounts: readonly IdnowAccount[];
  /** Returns the current time in milliseconds. Tests replace it to let tokens expire. */
  now?: () => number;
  /** The number of bytes to add to each ZIP. The simulator streams these bytes, so they need no memory. */
  zipPadding?: number;
  /** The key that signs the XML reports. Default: a new key. */
  signingKey?: IdentXmlSigningKey;
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
  const { accounts, now = Date.now, zipPadding = 0, port, signingKey } = options;
  const key = signingKey ?? (await createIdentXmlSigningKey());
  const idents = createIdentStore();
  const sessions = createSimulatedIdnowLogins(accounts, now);
  const state = { accounts, idents, esigning: createEsigningStore(), sessions, key, zipPadding };
  const server = await startSimulatorApiServer<IdnowSimulatorRoute>({
    port,
    requests: createIdnowRequestCounters(),
    errorAnswer: createIdnowErrorByStatus,
    resolve(request) {
      const match = matchIdnowRequest(request.method, request.path);
      return { route: match.route, answer: () => respondAsIdnow(match, request, state) };
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
