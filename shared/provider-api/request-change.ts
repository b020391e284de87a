import { IdvError } from '../platform/errors.ts';
import { EvidenceError, type FailureKind } from './evidence-error.ts';
import { callProvider } from './provider-http.ts';
import { parseJsonAnswer, readAnswerIntoMemory } from './read-bounded.ts';

/** A request that changes something at the provider. */
export interface ChangeRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** The body, which is sent as JSON. */
  readonly json?: object;
  readonly signal: AbortSignal;
}

/**
 * Thrown if a change at the provider may have happened or not, because the provider's answer is missing or unreadable.
 * Nobody may repeat such a request blindly: the repetition could open a second case.
 */
export class UncertainChangeError extends IdvError {
  override readonly name = 'UncertainChangeError';
}

/** Failures with which a provider says that it did not make the change. */
const refusals: readonly FailureKind[] = [
  'unauthorized',
  'forbidden',
  'throttled',
  'gone',
  'not_found',
  'unexpected',
];

/** The HTTP statuses of an answer to a change that happened. */
const successes = [200, 201, 204];

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
  { method, json, signal }: ChangeRequest,
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
      successes,
      signal,
    });
    const bytes = await readAnswerIntoMemory(route, answer, maxAnswerMiB, () => true);
    return bytes.byteLength === 0 ? null : parseJsonAnswer(route, bytes);
  } catch (cause) {
    if (cause instanceof EvidenceError && refusals.includes(cause.kind)) throw cause;
    throw makeUncertain(route, cause);
  }
}

/** Makes the error for a change that may have happened. */
export function makeUncertain(route: string, cause?: unknown): UncertainChangeError {
  const why = cause instanceof EvidenceError ? cause.message : `${route}: the answer is unreadable`;
  return new UncertainChangeError(
    `${why}. The change may have happened: look at the provider before you repeat the command`,
    { cause },
  );
}
