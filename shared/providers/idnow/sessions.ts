import * as z from 'zod/mini';
import type { CachedSecret } from '../../platform/secrets.ts';
import { withTrailingSlash } from '../../provider-api/api-url.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import { type ChangingApiSession, createApiSession } from '../../provider-api/sessions/api-session.ts';
import { findCredential } from '../../provider-api/sessions/find-credential.ts';
import { requestLoginToken } from '../../provider-api/sessions/log-in.ts';
import { createProviderSession, type ProviderSession } from '../../provider-api/sessions/provider-session.ts';
import { findApiUrlOfCompany, type IdnowApi } from './gateways.ts';
import { IdnowApiSecret } from './settings.ts';

const LoginAnswer = z.looseObject({ authToken: z.string().check(z.minLength(1)) });

/**
 * Makes the login sessions at IDnow's API. Each shortname (IDnow's name of a customer account) has its own API key and
 * its own session, at the gateway to which it belongs. A token expires 60 minutes after its last use.
 */
export function createIdnowApiSessions(
  api: IdnowApi,
  secret: CachedSecret,
  { sessions, owner }: ProviderApiDependencies,
) {
  const sessionsById = new Map<string, ProviderSession>();

  const sessionOf = (companyId: string) => {
    const session =
      sessionsById.get(companyId) ??
      createProviderSession({
        store: sessions,
        sessionId: `idnow:${companyId}`,
        owner,
        login: async () =>
          requestLoginToken(
            urlOf(api, companyId, 'login'),
            { apiKey: await apiKeyOf(secret, companyId) },
            (answer) => LoginAnswer.safeParse(answer).data?.authToken,
          ),
      });
    sessionsById.set(companyId, session);
    return session;
  };

  return {
    /**
     * Returns the login session of a shortname (IDnow's name of a customer account). Its requests go to paths below
     * `/api/v1/{shortname}/`.
     *
     * @throws EvidenceError `no_account` if the API secret contains no API key of this shortname
     */
    async forCompany(companyId: string): Promise<ChangingApiSession> {
      await apiKeyOf(secret, companyId);
      const url = (path: string) => urlOf(api, companyId, path);
      return createApiSession(sessionOf(companyId), url, (token) => ({ 'x-api-login-token': token }));
    },
  };
}

function apiKeyOf(secret: CachedSecret, companyId: string): Promise<string> {
  return findCredential(
    secret,
    (value) =>
      IdnowApiSecret.safeParse(value).data?.accounts.find((account) => account.companyId === companyId)
        ?.apiKey,
    `no API key for the shortname ${companyId} in IDnow's API secret`,
  );
}

function urlOf(api: IdnowApi, companyId: string, path: string): URL {
  const apiUrl = findApiUrlOfCompany(api, companyId);
  return new URL(`${withTrailingSlash(apiUrl)}api/v1/${encodeURIComponent(companyId)}/${path}`);
}
