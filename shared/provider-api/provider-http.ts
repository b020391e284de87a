import type { Download, Ending } from '../contract/artifact.ts';
import { EvidenceError } from './evidence-error.ts';
import { untilIdle } from './idle-timeout.ts';

export interface ProviderRequest {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Only tests shorten them. */
  readonly timeouts?: CallTimeouts;
}

/** How long a call may be silent, whatever time its job has left. Milliseconds. */
export interface CallTimeouts {
  /** Until the headers of the answer are there. */
  readonly headersMs: number;
  /** Between two chunks of the body. The time that the reader takes to store a chunk does not count. */
  readonly idleMs: number;
}

const callTimeouts: CallTimeouts = { headersMs: 20_000, idleMs: 30_000 };

/**
 * Calls a provider's API; only an answer of 200 comes back. Redirects are not followed: they would lead out
 * of the configured host.
 *
 * @param route names the call in errors, without ids: `GET ident.zip`
 * @throws EvidenceError of the kind that the answer means; 404 is `not_found`, which callers may refine;
 * a web page with 404 or 410 is `unexpected`. A provider that
 * stays silent for too long is `transient`, here or while the body is read.
 */
export async function callProvider(route: string, url: URL, request: ProviderRequest): Promise<Response> {
  const { timeouts = callTimeouts, signal, ...sent } = request;
  const silence = new AbortController();
  const response = await withinMs(timeouts.headersMs, silence, () =>
    send(route, url, { ...sent, signal: AbortSignal.any([signal, silence.signal]) }),
  );
  if (response.status === 200 && !isWebPage(response)) {
    const { body, status, headers } = response;
    return body === null
      ? response
      : new Response(untilIdle(body, timeouts.idleMs, silence), { status, headers });
  }
  await response.body?.cancel();
  const failure = failureOf(route, response.status, response.headers.get('retry-after'));
  // An API says in its own form that it lacks something: a page is of what stands in front of it.
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
  { headers, ...request }: Omit<ProviderRequest, 'timeouts'>,
): Promise<Response> {
  try {
    return await fetch(url, {
      ...request,
      redirect: 'manual',
      // Bytes as they are: a length and a hash of a compressed transfer would not be the file's.
      headers: { ...headers, 'accept-encoding': 'identity' },
    });
  } catch (cause) {
    throw new EvidenceError('transient', `${route}: no answer`, { cause });
  }
}

/**
 * The file that an answer is.
 *
 * @param route names the call in errors
 * @throws EvidenceError `transient`, where the answer has no body
 */
export function downloadOf(route: string, { body, headers }: Response): Download {
  if (body === null) throw new EvidenceError('transient', `${route}: answered without a body`);
  const length = headers.get('content-length');
  // That of a compressed transfer is not the file's.
  const isFiles = length !== null && !headers.has('content-encoding');
  return { body, length: isFiles ? Number(length) : null, ending: endingOf(headers) };
}

/** `fetch` fails where fewer bytes come than announced, or no last chunk, but not where a connection just closes. */
function endingOf(headers: Headers): Ending {
  if (headers.has('content-length')) return 'length';
  return /\bchunked\b/i.test(headers.get('transfer-encoding') ?? '') ? 'last-chunk' : 'close';
}

const isRedirect = (status: number) => status >= 300 && status < 400;

/** What stands in front of an API says its troubles in HTML, and some of it with a 200. */
function isWebPage({ headers }: Response): boolean {
  return /^text\/html\b/i.test(headers.get('content-type') ?? '');
}

/**
 * What an HTTP status other than success means for a job.
 *
 * @param retryAfter the header of that name, where there is one
 */
export function failureOf(route: string, status: number, retryAfter: string | null = null): EvidenceError {
  const message = `${route}: answered ${status}`;
  if (status === 202) return new EvidenceError('not_ready', message);
  if (status === 401) return new EvidenceError('unauthorized', message);
  if (status === 403) return new EvidenceError('forbidden', message);
  if (status === 404) return new EvidenceError('not_found', message);
  if (status === 410) return new EvidenceError('gone', message);
  if (status === 429 || status === 503) return throttled(message, retryAfter, status);
  // A redirect is not followed, but may be a maintenance page's: it passes.
  if (status === 200 || status === 408 || isRedirect(status) || status >= 500)
    return new EvidenceError('transient', message);
  return new EvidenceError('unexpected', message);
}

/** SQS hides a message for 12 hours at most, and counts from when it was received. */
const longestRetryAfterSeconds = 11 * 3600;

/** `Retry-After` is a number of seconds or an HTTP date (RFC 9110, 10.2.3). */
function throttled(message: string, retryAfter: string | null, status: number): EvidenceError {
  const seconds = secondsOf(retryAfter);
  if (seconds === null) return new EvidenceError(status === 503 ? 'transient' : 'throttled', message);
  return new EvidenceError('throttled', message, {
    retryAfterSeconds: Math.min(seconds, longestRetryAfterSeconds),
  });
}

function secondsOf(retryAfter: string | null): number | null {
  if (retryAfter === null) return null;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter);
  const date = Date.parse(retryAfter);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}
