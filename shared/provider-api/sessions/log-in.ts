import { answered, EvidenceError, meaning } from '../evidence-error.ts';
import { callProvider } from '../provider-http.ts';
import { parseAnswer, readBounded } from '../read-bounded.ts';

/** A token, and a few words about it. */
const maxAnswerMiB = 1;

/** Names the call in errors. */
export const loginRoute = 'POST login';

/** All the time that a login has, in however many ways it is tried. */
export const loginDeadline = () => AbortSignal.timeout(15_000);

/**
 * Logs in.
 *
 * @param credentials sent as JSON, or as a form where they are URLSearchParams
 * @param tokenIn finds the token in the answer's JSON, and throws where the answer says why there is none
 * @throws EvidenceError
 */
export async function logIn(
  url: URL,
  credentials: object | URLSearchParams,
  tokenIn: (answer: unknown) => string | undefined,
  signal = loginDeadline(),
): Promise<string> {
  // A login that is not found, or not understood, says nothing of the case: the base URL or the credentials are wrong,
  // and people have until the deadline to mend them.
  return askForToken(url, credentials, tokenIn, signal).catch(meaning(answered, 'unauthorized'));
}

/** Null where it is none. */
function jsonIn(bytes: Uint8Array): unknown {
  try {
    return parseAnswer(loginRoute, bytes);
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
  // One that no header can carry would be refused by nobody, and so never be renewed.
  if (token === undefined || !/^[!-~]+$/.test(token))
    throw new EvidenceError('transient', `${loginRoute}: answered without a token`);
  return token;
}
