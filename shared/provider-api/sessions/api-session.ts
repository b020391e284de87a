import { callProvider } from '../provider-http.ts';
import type { ProviderSession } from './provider-session.ts';

/** Calls a provider's API with the session token of one account. */
export interface ApiSession {
  /** Returns the URL of a path below the account's base URL. */
  url(path: string): URL;
  /** Sends a GET request with the current token. @throws EvidenceError */
  call(route: string, url: URL, signal: AbortSignal): Promise<Response>;
}

/**
 * Makes the API client of one account, which sends the token of the account's login session. @param headersOf returns
 * the headers that carry the token
 */
export function createApiSession(
  session: ProviderSession,
  url: ApiSession['url'],
  headersOf: (token: string) => Readonly<Record<string, string>>,
): ApiSession {
  return {
    url,
    call: (route, target, signal) =>
      session.withToken((token) => callProvider(route, target, { headers: headersOf(token), signal })),
  };
}
