import * as z from 'zod/mini';
import type { CachedSecret } from '../../platform/secrets.ts';
import { withTrailingSlash } from '../../provider-api/api-url.ts';
import { EvidenceError, rethrowFailuresAs } from '../../provider-api/evidence-error.ts';
import type { ProviderApiDependencies } from '../../provider-api/evidence-tools.ts';
import {
  callProvider,
  makeHttpStatusError,
  type ProviderApiRequest,
} from '../../provider-api/provider-http.ts';
import { parseJsonAnswer, readAnswerIntoMemory } from '../../provider-api/read-bounded.ts';
import { isRefusal, jsonAnswer, makeUncertain, requestChange } from '../../provider-api/request-change.ts';
import { findCredential } from '../../provider-api/sessions/find-credential.ts';
import {
  createLoginAbortSignal,
  loginCallName,
  requestLoginToken,
} from '../../provider-api/sessions/log-in.ts';
import { isUnauthorizedError } from '../../provider-api/sessions/login-pause.ts';
import { createProviderSession } from '../../provider-api/sessions/provider-session.ts';
import { isFailedHttpStatus, isPendingHttpStatus, readHttpStatusInBody } from './body-status.ts';
import { DatakeenApiSecret, type DatakeenAuthorizationScheme } from './settings.ts';

/** The maximum size of an answer of Datakeen's API. A real result is about 20 KB of JSON. */
const maxAnswerMiB = 20;

const Token = z.looseObject({ token: z.string().check(z.minLength(1)) });
/**
 * Version 1 of Datakeen's API answers a login with `{status, data: {token}}`. Datakeen documents no complete login
 * answer of version 2, so `{token}` is accepted, too.
 */
const LoginAnswer = z.union([
  z.pipe(
    z.looseObject({ data: Token }),
    z.transform(({ data }) => data),
  ),
  Token,
]);

type Credentials = z.infer<typeof DatakeenApiSecret>;

/**
 * The two ways to log in at Datakeen. Version 1 of the API accepts JSON (developer page of IDify sessions). Version 2
 * accepts a form (page of Journey sessions, API v2). A host of version 2 may support only one of the two ways, so we
 * try both.
 */
const version1 = { path: 'backend/auth', body: (credentials: Credentials): object => credentials };
const version2 = {
  path: 'backend/api/v1/auth',
  body: ({ username, password }: Credentials): object => new URLSearchParams({ username, password }),
};
const logins = { Basic: [version1], Bearer: [version2, version1] } as const satisfies Record<
  DatakeenAuthorizationScheme,
  readonly (typeof version1)[]
>;

export interface DatakeenApiResponse {
  /** The body of Datakeen's HTTP answer, unchanged. */
  readonly bytes: Uint8Array;
  readonly json: unknown;
}

/** Calls Datakeen's API with the token of a shared login session. */
export interface DatakeenApiSession {
  /**
   * Sends a GET request with the current token, and reads the whole answer.
   *
   * @param path the path below the API's base URL: `backend/api/v1/session/…`
   * @throws EvidenceError if the HTTP status is an error, or if it is 200 and the body contains an error status
   */
  get(route: string, path: string, signal: AbortSignal): Promise<DatakeenApiResponse>;
}

/** Like `DatakeenApiSession`, and opens cases. */
interface ChangingDatakeenApiSession extends DatakeenApiSession {
  /**
   * Sends a POST request with the current token, exactly once.
   *
   * @throws EvidenceError if Datakeen refused the request; UncertainChangeError if the change may have happened
   */
  post(route: string, path: string, json: object, signal: AbortSignal): Promise<unknown>;
}

interface Api {
  readonly url: string;
  readonly scheme: DatakeenAuthorizationScheme;
  readonly secret: CachedSecret;
}

/** Makes the session at Datakeen's API. One account serves all cases. A token is valid for 24 hours. */
export function createDatakeenApiSession(
  api: Api,
  { sessions, owner }: ProviderApiDependencies,
): ChangingDatakeenApiSession {
  const base = withTrailingSlash(api.url);
  const session = createProviderSession({
    store: sessions,
    sessionId: 'datakeen',
    owner,
    login: () => logInAt(base, api),
  });
  const headersOf = (token: string) => ({
    authorization: `${api.scheme} ${token}`,
    accept: 'application/json',
  });
  return {
    post: (route, path, json, signal) =>
      session.withToken(async (token) => {
        const request = { method: 'POST', json, success: jsonAnswer, signal } as const;
        const answer = await requestChange(route, new URL(`${base}${path}`), headersOf(token), request);
        assertChanged(route, answer);
        return answer;
      }),
    get: (route, path, signal) =>
      session.withToken((token) => {
        const headers = headersOf(token);
        // Datakeen does not document whether it answers 401 or 403 to an expired token. After both, we log in again.
        return answerOf(route, new URL(`${base}${path}`), { headers, signal }).catch(
          rethrowFailuresAs(['forbidden'], 'unauthorized'),
        );
      }),
  };
}

async function answerOf(route: string, url: URL, request: ProviderApiRequest): Promise<DatakeenApiResponse> {
  const bytes = await readAnswerIntoMemory(route, await callProvider(route, url, request), maxAnswerMiB);
  const json = parseJsonAnswer(route, bytes);
  assertSuccess(route, json);
  return { bytes, json };
}

/**
 * Rejects an answer of Datakeen's API whose HTTP status is 200, but whose body contains an error status.
 *
 * @throws EvidenceError; its kind follows from the status in the body
 */
function assertSuccess(route: string, json: unknown): void {
  const status = readHttpStatusInBody(json);
  if (status !== null && (isPendingHttpStatus(status) || isFailedHttpStatus(status)))
    throw makeHttpStatusError(route, status);
}

/** Like `assertSuccess`, for the answer to a change. A status of 4xx says that Datakeen refused the change. */
function assertChanged(route: string, json: unknown): void {
  const status = readHttpStatusInBody(json);
  if (status === null || !isFailedHttpStatus(status)) return;
  const failure = makeHttpStatusError(route, status);
  throw isRefusal(status) ? failure : makeUncertain(route, failure);
}

/**
 * Logs in at Datakeen. Tries each way to log in that this version of the API may support.
 *
 * @throws EvidenceError if every way fails; its kind is `unauthorized` if Datakeen refused at least one way
 */
async function logInAt(base: string, { scheme, secret }: Api): Promise<string> {
  const credentials = await findCredential(
    secret,
    (value) => DatakeenApiSecret.safeParse(value).data,
    "no username and password in Datakeen's API secret",
  );
  const signal = createLoginAbortSignal();
  const failures: unknown[] = [];
  for (const { path, body } of logins[scheme]) {
    try {
      return await requestLoginToken(new URL(path, base), body(credentials), tokenIn, signal);
    } catch (error) {
      failures.push(error);
      if (!mayTryNextWay(error)) break;
    }
  }
  throw failures.find(isUnauthorizedError) ?? failures[0];
}

/**
 * Checks whether a login may have failed because this version of the API does not have the login path. In this case, a
 * proxy may answer with a web page. Such an answer contains no token, so the login fails with the kind `transient`.
 */
function mayTryNextWay(error: unknown): boolean {
  return isUnauthorizedError(error) || (error instanceof EvidenceError && error.kind === 'transient');
}

function tokenIn(answer: unknown): string | undefined {
  assertSuccess(loginCallName, answer);
  return LoginAnswer.safeParse(answer).data?.token;
}
