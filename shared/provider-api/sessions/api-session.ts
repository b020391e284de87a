import { callProvider } from '../provider-http.ts';
import { type ChangeRequest, requestChange } from '../request-change.ts';
import type { ProviderSession } from './provider-session.ts';

/** Calls a provider's API with the session token of one account. */
export interface ApiSession {
  /** Returns the URL of a path below the account's base URL. */
  url(path: string): URL;
  /** Sends a GET request with the current token. @throws EvidenceError */
  call(route: string, url: URL, signal: AbortSignal): Promise<Response>;
}

/** Like `ApiSession`, and opens and closes cases. */
export interface ChangingApiSession extends ApiSession {
  /**
   * Sends a request that changes something at the provider, with the current token.
   *
   * @returns the JSON of the answer; null if the answer has no body
   * @throws EvidenceError if the provider refused the request; UncertainChangeError if the change may have happened
   */
  change(route: string, url: URL, request: ChangeRequest): Promise<unknown>;
}

/**
 * Makes the API client of one account, which sends the token of the account's login session. @param headersOf returns
 * the headers that carry the token
 */
export function createApiSession(
  session: ProviderSession,
  url: ApiSession['url'],
  headersOf: (token: string) => Readonly<Record<string, string>>,
): ChangingApiSession {
  return {
    url,
    call: (route, target, signal) =>
      session.withToken((token) => callProvider(route, target, { headers: headersOf(token), signal })),
    change: (route, target, request) =>
      session.withToken((token) => requestChange(route, target, headersOf(token), request)),
  };
}
