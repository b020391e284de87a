import { buildWebhookHeaders, type WebhookUrlAndCredentials } from './webhook-target.ts';

/** The result of sending a webhook once: the receiver's answer, or the reason why no answer arrived. */
export type WebhookTry =
  | { kind: 'answered'; status: number; body: string; accepted: boolean }
  | { kind: 'failed'; error: string; accepted: false };

/** The time that a simulated provider waits for an answer. It is our own guess, because no provider publishes it. */
const TIMEOUT_MS = 30_000;

/** Sends a webhook once, without retries. Does not throw: if no answer arrives, the result has the kind `failed`. */
export async function sendWebhookOnce(target: WebhookUrlAndCredentials, text: string): Promise<WebhookTry> {
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      headers: buildWebhookHeaders(target, text),
      body: text,
      // Do not follow redirects, because providers treat a 3xx answer as a failure.
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return {
      kind: 'answered',
      status: response.status,
      body: await response.text(),
      accepted: response.ok,
    };
  } catch (error) {
    return { kind: 'failed', error: failureReason(error), accepted: false };
  }
}

/**
 * Returns the code of a `fetch` error, for example ECONNREFUSED, or else its name. Never returns the error message,
 * because the message quotes the URL, and a signed URL is a secret.
 */
function failureReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name;
}
