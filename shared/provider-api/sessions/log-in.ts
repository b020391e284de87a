import { EvidenceError, failureKindsProvingValidToken, rethrowFailuresAs } from '../evidence-error.ts';
import { callProvider } from '../provider-http.ts';
import { parseJsonAnswer, readAnswerIntoMemory } from '../read-bounded.ts';

/** The size limit for a provider's answer to a login. The answer is small: a token and its metadata. */
const maxAnswerMiB = 1;

/** The name of the login call in errors. */
export const loginCallName = 'POST login';

/**
 * Returns a signal that aborts a login after 15 seconds. If a login tries several URLs, one signal limits all of them
 * together.
 */
export const createLoginAbortSignal = () => AbortSignal.timeout(15_000);

/**
 * Logs in, and returns the token.
 *
 * @param credentials sent as JSON, or as a form if they are URLSearchParams
 * @param tokenIn finds the token in the answer's JSON, or in null if the answer is not JSON. It may throw an
 * EvidenceError if the answer reports an error
 * @throws EvidenceError `unauthorized` if the API refuses the login or does not know its URL; other kinds if the API does
 * not answer
 */
export async function requestLoginToken(
  url: URL,
  credentials: object | URLSearchParams,
  tokenIn: (answer: unknown) => string | undefined,
  signal = createLoginAbortSignal(),
): Promise<string> {
  // A 404 or 400 for a login says nothing about the case: the base URL or the credentials are wrong. The kind
  // `unauthorized` keeps the job alive until its deadline, so that people can correct the settings.
  return askForToken(url, credentials, tokenIn, signal).catch(
    rethrowFailuresAs(failureKindsProvingValidToken, 'unauthorized'),
  );
}

/** Parses the provider's answer to a login. @returns null if the answer is not JSON */
function jsonIn(bytes: Uint8Array): unknown {
  try {
    return parseJsonAnswer(loginCallName, bytes);
  } catch {
    return null;
  }
}

async function askForToken(
  url: URL,
  credentials: object | URLSearchParams,
  tokenIn: (answer: unknown) => string | undefined,
  signal: AbortSignal,
): Promise<string> {
  const form = credentials instanceof URLSearchParams;
  const response = await callProvider(loginCallName, url, {
    method: 'POST',
    headers: {
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
      accept: 'application/json',
    },
    body: form ? credentials.toString() : JSON.stringify(credentials),
    signal,
  });
  const answer = await readAnswerIntoMemory(loginCallName, response, maxAnswerMiB, () => true);
  const token = tokenIn(jsonIn(answer));
  // Reject a token with characters that no HTTP header can contain. A token is renewed only after the API has refused it,
  // but such a token could never be sent to the API.
  if (token === undefined || !/^[!-~]+$/.test(token))
    throw new EvidenceError('transient', `${loginCallName}: answered without a token`);
  return token;
}
