import * as z from 'zod';
import type { Secret } from '../../platform/secrets.ts';
import { withTrailingSlash } from '../../provider-api/api-url.ts';
import type { EvidenceTools } from '../../provider-api/evidence-tools.ts';
import { callProvider } from '../../provider-api/provider-http.ts';
import { findCredential } from '../../provider-api/sessions/find-credential.ts';
import { logIn } from '../../provider-api/sessions/log-in.ts';
import { type ProviderSession, providerSession } from '../../provider-api/sessions/provider-session.ts';
import { ApiSecret } from './settings.ts';

/** Calls the API of one shortname, logged in. */
export interface IdnowSession {
  /** @param path below `/api/v1/{shortname}/` */
  url(path: string): URL;
  /** GETs with the token in force. @throws EvidenceError */
  call(route: string, url: URL, signal: AbortSignal): Promise<Response>;
}

const LoginAnswer = z.looseObject({ authToken: z.string().min(1) });

/** IDnow's sessions are per shortname, each with its own API key; a token lives 60 minutes after its last use. */
export function idnowSessions(apiUrl: string, secret: Secret, { sessions, owner }: EvidenceTools) {
  const known = new Map<string, ProviderSession>();

  const sessionOf = (companyId: string) => {
    const session =
      known.get(companyId) ??
      providerSession({
        store: sessions,
        sessionId: `idnow:${companyId}`,
        owner,
        login: async () =>
          logIn(
            urlOf(apiUrl, companyId, 'login'),
            { apiKey: await apiKeyOf(secret, companyId) },
            (answer) => LoginAnswer.safeParse(answer).data?.authToken,
          ),
      });
    known.set(companyId, session);
    return session;
  };

  return {
    /** @throws EvidenceError `no_account` where the shortname has no API key */
    async of(companyId: string): Promise<IdnowSession> {
      await apiKeyOf(secret, companyId);
      const session = sessionOf(companyId);
      return {
        url: (path) => urlOf(apiUrl, companyId, path),
        call: (route, url, signal) =>
          session.withToken((token) =>
            callProvider(route, url, { headers: { 'x-api-login-token': token }, signal }),
          ),
      };
    },
  };
}

function apiKeyOf(secret: Secret, companyId: string): Promise<string> {
  return findCredential(
    secret,
    (value) =>
      ApiSecret.safeParse(value).data?.accounts.find((account) => account.companyId === companyId)?.apiKey,
    `no API key for the shortname ${companyId} in IDnow's API secret`,
  );
}

function urlOf(apiUrl: string, companyId: string, path: string): URL {
  return new URL(`${withTrailingSlash(apiUrl)}api/v1/${encodeURIComponent(companyId)}/${path}`);
}
