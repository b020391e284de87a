import { IdvError } from '../platform/errors.ts';
import { EvidenceError } from './evidence-error.ts';
import { callProvider, makeHttpStatusError } from './provider-http.ts';
import { parseJsonAnswer, readAnswerIntoMemory } from './read-bounded.ts';

/** The answer to a change that happened. Any other answer leaves open whether it happened, or says that it did not. */
interface SuccessfulAnswer {
  /** The HTTP statuses that the provider documents. */
  readonly statuses: readonly number[];
  /** `empty`: a body says that something else happened, because the provider documents none. */
  readonly body: 'json' | 'empty';
}

/** The answer to a request that opens a case. */
export const jsonAnswer: SuccessfulAnswer = { statuses: [200, 201], body: 'json' };

/** A request that changes something at the provider. */
export interface ChangeRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** The body, which is sent as JSON. */
  readonly json?: object;
  readonly success: SuccessfulAnswer;
  readonly signal: AbortSignal;
}

/**
 * Thrown if a change at the provider may have happened or not, because the provider's answer is missing or unreadable.
 * Nobody may repeat such a request blindly: the repetition could open a second case.
 */
export class UncertainChangeError extends IdvError {
  override readonly name = 'UncertainChangeError';
}

const maxAnswerMiB = 4;

/**
 * Sends a request that changes something at the provider, exactly once.
 *
 * @returns the JSON of the answer; null if the answer has no body
 * @throws EvidenceError if the provider refused the request; UncertainChangeError if the change may have happened
 */
export async function requestChange(
  route: string,
  url: URL,
  headers: Readonly<Record<string, string>>,
  { method, json, success, signal }: ChangeRequest,
): Promise<unknown> {
  try {
    const answer = await callProvider(route, url, {
      method,
      headers: {
        accept: 'application/json',
        ...(json && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json && { body: JSON.stringify(json) }),
      successes: success.statuses,
      signal,
    });
    const bytes = await readAnswerIntoMemory(route, answer, maxAnswerMiB, () => true);
    if (Buffer.from(bytes).toString().trim() === '') return null;
    if (success.body === 'json') return parseJsonAnswer(route, bytes);
    throw makeHttpStatusError(route, answer.status);
  } catch (cause) {
    if (cause instanceof EvidenceError && isRefusal(cause.httpStatus)) throw cause;
    throw makeUncertain(route, cause);
  }
}

/**
 * Checks whether an HTTP status says that the provider did not make the change: 4xx, but not a time-out (408). After any
 * other answer, the change may have happened: a proxy may send a 5xx after the provider has made the change, and an
 * unexpected 2xx is not the answer that the provider documents.
 */
export function isRefusal(httpStatus: number | null): boolean {
  return httpStatus !== null && httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408;
}

/** Makes the error for a change that may have happened. */
export function makeUncertain(route: string, cause?: unknown): UncertainChangeError {
  const why = cause instanceof EvidenceError ? cause.message : `${route}: the answer is unreadable`;
  return new UncertainChangeError(
    `${why}. The change may have happened: look at the provider before you repeat the command`,
    { cause },
  );
}
