import { apiAnswerKinds, EvidenceError, rethrowAs } from '../evidence-error.ts';
import { callProvider } from '../provider-http.ts';
import { parseJsonAnswer, readBounded } from '../read-bounded.ts';

/** The answer to a login is small: a token and its metadata. */
const maxAnswerMiB = 1;

/** Names the call in errors. */
export const loginRoute = 'POST login';

/** Returns the deadline of a login: 15 seconds, which all ways to log in share. */
export const loginDeadline = () => AbortSignal.timeout(15_000);

/**
 * Logs in, and returns the token.
 *
 * @param credentials sent as JSON, or as a form if they are URLSearchParams
 * @param tokenIn finds the token in the answer's JSON, which is null if the answer is no JSON; may throw an EvidenceError
 * if the answer reports an error
 * @throws EvidenceError `unauthorized` if the API refuses the login or does not know it; other kinds if it does not answer
 */
export async function logIn(
  url: URL,
  credentials: object | URLSearchParams,
  tokenIn: (answer: unknown) => string | undefined,
  signal = loginDeadline(),
): Promise<string> {
  // A 404 or 400 for a login does not mean that the case is unknown. The base URL or the credentials are wrong, and people
  // can correct them until the job's deadline.
  return askForToken(url, credentials, tokenIn, signal).catch(rethrowAs(apiAnswerKinds, 'unauthorized'));
}

/** Parses the answer. @returns null if it is no JSON */
function jsonIn(bytes: Uint8Array): unknown {
  try {
    return parseJsonAnswer(loginRoute, bytes);
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
  const response = await callProvider(loginRoute, url, {
    method: 'POST',
    headers: {
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
      accept: 'application/json',
    },
    body: form ? credentials.toString() : JSON.stringify(credentials),
    signal,
  });
  const answer = await readBounded(loginRoute, response, maxAnswerMiB, () => true);
  const token = tokenIn(jsonIn(answer));
  // Reject a token that no header can contain: no call could send it, so no refusal would ever renew it.
  if (token === undefined || !/^[!-~]+$/.test(token))
    throw new EvidenceError('transient', `${loginRoute}: answered without a token`);
  return token;
}
