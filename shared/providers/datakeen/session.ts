import * as z from 'zod';
import type { Secret } from '../../platform/secrets.ts';
import { EvidenceError } from '../evidence-error.ts';
import type { EvidenceTools } from '../provider.ts';
import { callProvider, failureOf, type ProviderRequest } from '../provider-http.ts';
import { parseAnswer, readBounded } from '../read-bounded.ts';
import { findCredential } from '../sessions/find-credential.ts';
import { logIn } from '../sessions/log-in.ts';
import { providerSession } from '../sessions/provider-session.ts';
import { bodyStatus, isDone } from './body-status.ts';
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
  const base = `${api.url.replace(/\/+$/, '')}/`;
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
        return answerOf(route, new URL(`${base}${path}`), { headers, signal }).catch(refineForbidden);
      }),
  };
}

async function answerOf(route: string, url: URL, request: ProviderRequest): Promise<Answer> {
  const bytes = await readBounded(route, await callProvider(route, url, request), maxAnswerMiB);
  const json = parseAnswer(route, bytes);
  const status = bodyStatus(json);
  if (status !== null && !isDone(status)) throw failureOf(route, status);
  return { bytes, json };
}

/** Whether an ended token is answered 401 or 403 is not documented: both renew it. */
function refineForbidden(error: unknown): never {
  if (!(error instanceof EvidenceError) || error.kind !== 'forbidden') throw error;
  throw new EvidenceError('unauthorized', error.message, { cause: error });
}

/** @throws EvidenceError of the first login that was refused, where none is taken */
async function logInAt(base: string, { scheme, secret }: Api): Promise<string> {
  const credentials = await findCredential(
    secret,
    (value) => ApiSecret.safeParse(value).data,
    "no username and password in Datakeen's API secret",
  );
  let refusal: EvidenceError | null = null;
  for (const { path, body } of logins[scheme]) {
    try {
      return await logIn(new URL(path, base), body(credentials), tokenIn);
    } catch (error) {
      if (!(error instanceof EvidenceError) || error.kind !== 'unauthorized') throw error;
      refusal ??= error;
    }
  }
  throw refusal;
}

const tokenIn = (answer: unknown) => LoginAnswer.safeParse(answer).data?.token;
