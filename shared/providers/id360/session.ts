import * as z from 'zod';
import type { Secret } from '../../platform/secrets.ts';
import { EvidenceError } from '../evidence-error.ts';
import type { EvidenceTools } from '../provider.ts';
import { callProvider } from '../provider-http.ts';
import { type ProviderSession, providerSession } from '../sessions/provider-session.ts';
import { ApiSecret } from './settings.ts';

/** One application account serves all enrollments. */
export const sessionId = 'id360';

const LoginAnswer = z.looseObject({ token: z.string().min(1) });
const loginTimeoutMs = 15_000;

/** Calls ID360's API, logged in. */
export interface Id360Session {
  /** @param path below the base: `api/1.0.0/user/whoami` */
  url(path: string): URL;
  /** GETs with the token in force. @throws EvidenceError */
  call(route: string, url: URL, signal: AbortSignal): Promise<Response>;
}

/**
 * A token lives 15 minutes after its last use. Logging in again while it does "may be interpreted as abnormal
 * or aggressive behavior" (developer guide, 1.3): that happens only after a 401.
 */
export function id360Session(
  apiUrl: string,
  secret: Secret,
  { sessions, owner }: EvidenceTools,
): Id360Session {
  const base = `${apiUrl.replace(/\/+$/, '')}/`;
  const url = (path: string) => new URL(path.replace(/^\/+/, ''), base);
  const session: ProviderSession = providerSession({
    store: sessions,
    sessionId,
    owner,
    login: () => logIn(url('api/1.0.0/user/login/'), secret),
  });
  return {
    url,
    call: (route, target, signal) =>
      session.withToken((token) =>
        callProvider(route, target, { headers: { authorization: `Token ${token}` }, signal }),
      ),
  };
}

async function logIn(url: URL, secret: Secret): Promise<string> {
  const route = 'POST login';
  const response = await callProvider(route, url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(await credentialsOf(secret)),
    signal: AbortSignal.timeout(loginTimeoutMs),
  }).catch(refineRefusal);
  const answer = LoginAnswer.safeParse(await response.json().catch(() => null));
  if (!answer.success) throw new EvidenceError('transient', `${route}: answered without a token`);
  return answer.data.token;
}

/**
 * A login that is not found, or not understood, says nothing of the enrollment: the base URL or the credentials
 * are wrong, and people have until the deadline to mend them.
 */
function refineRefusal(error: unknown): never {
  const refused =
    error instanceof EvidenceError && ['not_ready', 'not_found', 'gone', 'invalid'].includes(error.kind);
  throw refused ? new EvidenceError('unauthorized', error.message, { cause: error }) : error;
}

async function credentialsOf(secret: Secret) {
  const read = (value: unknown) => ApiSecret.safeParse(value).data;
  const credentials = read(await secret.current()) ?? read(await secret.refreshed());
  if (credentials !== undefined) return credentials;
  throw new EvidenceError('no_account', "no username and password in ID360's API secret");
}
