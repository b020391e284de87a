import * as z from 'zod';
import type { Secret } from '../../platform/secrets.ts';
import { withTrailingSlash } from '../../provider-api/api-url.ts';
import { EvidenceError, meaning } from '../../provider-api/evidence-error.ts';
import type { EvidenceTools } from '../../provider-api/evidence-tools.ts';
import { callProvider, failureOf, type ProviderRequest } from '../../provider-api/provider-http.ts';
import { parseAnswer, readBounded } from '../../provider-api/read-bounded.ts';
import { findCredential } from '../../provider-api/sessions/find-credential.ts';
import { logIn, loginDeadline, loginRoute } from '../../provider-api/sessions/log-in.ts';
import { isRefusal } from '../../provider-api/sessions/login-pause.ts';
import { providerSession } from '../../provider-api/sessions/provider-session.ts';
import { bodyStatus, hasFailed, isPending } from './body-status.ts';
import { ApiSecret, type AuthorizationScheme } from './settings.ts';

/** A result is some 20 KB of JSON. */
const maxAnswerMiB = 20;

const Token = z.looseObject({ token: z.string().min(1) });
/** Version 1 answers `{status, data: {token}}`; of version 2 no answer is printed in full. */
const LoginAnswer = z.union([z.looseObject({ data: Token }).transform(({ data }) => data), Token]);

type Credentials = z.infer<typeof ApiSecret>;

/**
 * How one logs in: version 1 takes JSON (developer page of IDify sessions), version 2 a form (page of Journey
 * sessions, API v2). Which of them a host of version 2 has is tried.
 */
const version1 = { path: 'backend/auth', body: (credentials: Credentials): object => credentials };
const version2 = {
  path: 'backend/api/v1/auth',
  body: ({ username, password }: Credentials): object => new URLSearchParams({ username, password }),
};
const logins = { Basic: [version1], Bearer: [version2, version1] } as const satisfies Record<
  AuthorizationScheme,
  readonly (typeof version1)[]
>;

export interface Answer {
  /** As they came. */
  readonly bytes: Uint8Array;
  readonly json: unknown;
}

/** Calls Datakeen's API, logged in. */
export interface DatakeenSession {
  /**
   * GETs an answer whole, with the token in force.
   *
   * @param path below the base: `backend/api/v1/session/…`
   * @throws EvidenceError also where the answer is 200 and its body says otherwise
   */
  get(route: string, path: string, signal: AbortSignal): Promise<Answer>;
}

interface Api {
  readonly url: string;
  readonly scheme: AuthorizationScheme;
  readonly secret: Secret;
}

/** One account serves all sessions; its token lives 24 hours. */
export function datakeenSession(api: Api, { sessions, owner }: EvidenceTools): DatakeenSession {
  const base = withTrailingSlash(api.url);
  const session = providerSession({
    store: sessions,
    sessionId: 'datakeen',
    owner,
    login: () => logInAt(base, api),
  });
  return {
    get: (route, path, signal) =>
      session.withToken((token) => {
        const headers = { authorization: `${api.scheme} ${token}`, accept: 'application/json' };
        // Whether an ended token is answered 401 or 403 is not documented: both renew it.
        return answerOf(route, new URL(`${base}${path}`), { headers, signal }).catch(
          meaning(['forbidden'], 'unauthorized'),
        );
      }),
  };
}

async function answerOf(route: string, url: URL, request: ProviderRequest): Promise<Answer> {
  const bytes = await readBounded(route, await callProvider(route, url, request), maxAnswerMiB);
  const json = parseAnswer(route, bytes);
  assertGood(route, json);
  return { bytes, json };
}

/** @throws EvidenceError where the body says otherwise than the 200 that it came with */
function assertGood(route: string, json: unknown): void {
  const status = bodyStatus(json);
  if (status !== null && (isPending(status) || hasFailed(status))) throw failureOf(route, status);
}

/** @throws EvidenceError where none of the ways is open: of one that was refused rather than of one that failed */
async function logInAt(base: string, { scheme, secret }: Api): Promise<string> {
  const credentials = await findCredential(
    secret,
    (value) => ApiSecret.safeParse(value).data,
    "no username and password in Datakeen's API secret",
  );
  const signal = loginDeadline();
  const failures: unknown[] = [];
  for (const { path, body } of logins[scheme]) {
    try {
      return await logIn(new URL(path, base), body(credentials), tokenIn, signal);
    } catch (error) {
      failures.push(error);
      if (!isNoWay(error)) break;
    }
  }
  throw failures.find(isRefusal) ?? failures[0];
}

/** Where a path is none of the API's, something in front of it may still answer, a web page for example. */
function isNoWay(error: unknown): boolean {
  return isRefusal(error) || (error instanceof EvidenceError && error.kind === 'transient');
}

function tokenIn(answer: unknown): string | undefined {
  assertGood(loginRoute, answer);
  return LoginAnswer.safeParse(answer).data?.token;
}
