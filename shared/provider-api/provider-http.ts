import type { ArtifactDownload, TransferEndMarker } from '../contract/artifact.ts';
import { EvidenceError, type FailureKind } from './evidence-error.ts';
import { abortCallWhenIdle } from './idle-timeout.ts';

export interface ProviderApiRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** The HTTP statuses of an answer that is a success. Default: only 200. */
  readonly successes?: readonly number[];
  readonly signal: AbortSignal;
  /** Replaces the usual time-outs. Only tests use this option. */
  readonly timeouts?: CallTimeouts;
}

/**
 * The longest time for which a provider may be silent during a call, in milliseconds. It does not depend on the remaining
 * time of the job.
 */
export interface CallTimeouts {
  /** The time limit from the request to the headers of the provider's answer. */
  readonly headersMs: number;
  /**
   * The time limit from one chunk of the answer's body to the next. The time in which the reader stores a chunk does not
   * count.
   */
  readonly idleMs: number;
}

const callTimeouts: CallTimeouts = { headersMs: 20_000, idleMs: 30_000 };

/**
 * Calls a provider's API, and returns the provider's answer if its status is a success. Redirects are not followed, because
 * they can lead to another host than the configured host.
 *
 * @param route the name of the call in errors, without ids: `GET ident.zip`
 * @throws EvidenceError with the kind that `makeHttpStatusError` gives; `unexpected` for a web page with the status 404
 * or 410; `transient` if the provider is silent for too long, also while the body is read
 */
export async function callProvider(route: string, url: URL, request: ProviderApiRequest): Promise<Response> {
  const { timeouts = callTimeouts, successes = [200], signal, ...sent } = request;
  const silence = new AbortController();
  const response = await withinMs(timeouts.headersMs, silence, () =>
    send(route, url, { ...sent, signal: AbortSignal.any([signal, silence.signal]) }),
  );
  if (successes.includes(response.status) && !isWebPage(response)) {
    const { body, status, headers } = response;
    return body === null
      ? response
      : new Response(abortCallWhenIdle(body, timeouts.idleMs, silence), { status, headers });
  }
  await response.body?.cancel();
  const failure = makeHttpStatusError(route, response.status, response.headers.get('retry-after'));
  // A web page with the status 404 or 410 comes from a proxy, because an API reports a missing case in its own format.
  // So such a page does not prove that the case is missing.
  const isGone = failure.kind === 'not_found' || failure.kind === 'gone';
  throw isGone && isWebPage(response) ? new EvidenceError('unexpected', failure.message) : failure;
}

async function withinMs<T>(ms: number, silence: AbortController, call: () => Promise<T>): Promise<T> {
  const timer = setTimeout(() => silence.abort(new DOMException(`silent for ${ms} ms`, 'TimeoutError')), ms);
  try {
    return await call();
  } finally {
    clearTimeout(timer);
  }
}

async function send(
  route: string,
  url: URL,
  { headers, ...request }: Omit<ProviderApiRequest, 'timeouts' | 'successes'>,
): Promise<Response> {
  try {
    return await fetch(url, {
      ...request,
      redirect: 'manual',
      // Request uncompressed bytes: the length and the hash of a compressed transfer are not those of the file.
      headers: { ...headers, 'accept-encoding': 'identity' },
    });
  } catch (cause) {
    throw new EvidenceError('transient', `${route}: no answer`, { cause });
  }
}

/**
 * Returns the body of a provider's answer as a download.
 *
 * @param route the name of the call in errors
 * @throws EvidenceError `transient` if the answer has no body
 */
export function convertToDownload(route: string, { body, headers }: Response): ArtifactDownload {
  if (body === null) throw new EvidenceError('transient', `${route}: answered without a body`);
  const length = headers.get('content-length');
  // The length of a compressed transfer is not the length of the file.
  const isFileLength = length !== null && !headers.has('content-encoding');
  return { body, length: isFileLength ? Number(length) : null, ending: endingOf(headers) };
}

/**
 * Returns the way in which the end of the body is recognized. With `content-length` or with chunks, `fetch` fails if
 * bytes are missing. Without them, `fetch` cannot notice that the connection closed too early.
 */
function endingOf(headers: Headers): TransferEndMarker {
  if (headers.has('content-length')) return 'length';
  return /\bchunked\b/i.test(headers.get('transfer-encoding') ?? '') ? 'last-chunk' : 'close';
}

const isRedirect = (status: number) => status >= 300 && status < 400;

/**
 * Checks whether a provider's answer is a web page. Proxies in front of an API report errors as HTML, sometimes even
 * with a status of 200.
 */
function isWebPage({ headers }: Response): boolean {
  return /^text\/html\b/i.test(headers.get('content-type') ?? '');
}

/**
 * Returns the error for an HTTP status that is not a success.
 *
 * @param retryAfter the header `Retry-After`, if the answer has it
 */
export function makeHttpStatusError(
  route: string,
  status: number,
  retryAfter: string | null = null,
): EvidenceError {
  const retryAfterSeconds = secondsUntil(retryAfter);
  const isPause = status === 429 || status === 503;
  return new EvidenceError(
    kindOfHttpStatus(status, retryAfterSeconds !== null),
    `${route}: answered ${status}`,
    {
      httpStatus: status,
      ...(isPause && retryAfterSeconds !== null && { retryAfterSeconds }),
    },
  );
}

function kindOfHttpStatus(status: number, hasRetryAfter: boolean): FailureKind {
  if (status === 202) return 'not_ready';
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not_found';
  if (status === 410) return 'gone';
  if (status === 429 || (status === 503 && hasRetryAfter)) return 'throttled';
  // A redirect may lead to a maintenance page, so a retry may help. A status of 200 is an error if the body is a web
  // page.
  if (status === 200 || status === 408 || isRedirect(status) || status >= 500) return 'transient';
  return 'unexpected';
}

/**
 * The longest pause that we accept from a provider, because SQS hides a message for at most 12 hours after it was
 * received.
 */
const longestRetryAfterSeconds = 11 * 3600;

/**
 * Returns the time that the header `Retry-After` names. The header is a number of seconds or an HTTP date (RFC 9110,
 * 10.2.3).
 */
function secondsUntil(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  const date = Date.parse(retryAfter);
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : Math.ceil((date - Date.now()) / 1000);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(0, seconds), longestRetryAfterSeconds);
}
