import * as z from 'zod';
import type { Secret } from '../../platform/secrets.ts';
import { withTrailingSlash } from '../../provider-api/api-url.ts';
import type { EvidenceTools } from '../../provider-api/evidence-tools.ts';
import { callProvider } from '../../provider-api/provider-http.ts';
import { findCredential } from '../../provider-api/sessions/find-credential.ts';
import { logIn } from '../../provider-api/sessions/log-in.ts';
import { type ProviderSession, providerSession } from '../../provider-api/sessions/provider-session.ts';
import { ApiSecret } from './settings.ts';

/** Calls IDnow's API with the token of one shortname. */
export interface IdnowSession {
  /** Returns the URL of a path below `/api/v1/{shortname}/`. */
  url(path: string): URL;
  /** Sends a GET request with the current token. @throws EvidenceError */
  call(route: string, url: URL, signal: AbortSignal): Promise<Response>;
}

const LoginAnswer = z.looseObject({ authToken: z.string().min(1) });

/**
 * Makes the sessions at IDnow's API. Each shortname has its own API key and session. A token expires 60 minutes after its
 * last use.
 */
export function idnowSessions(apiUrl: string, secret: Secret, { sessions, owner }: EvidenceTools) {
  const sessionsById = new Map<string, ProviderSession>();

  const sessionOf = (companyId: string) => {
    const session =
      sessionsById.get(companyId) ??
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
    sessionsById.set(companyId, session);
    return session;
  };

  return {
    /** Returns the session of a shortname. @throws EvidenceError `no_account` if the shortname has no API key */
    async forCompany(companyId: string): Promise<IdnowSession> {
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
