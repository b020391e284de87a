import { type WebhookTarget, webhookHeaders } from './webhook-target.ts';

/** The result of one try: the endpoint's answer, or the reason why no answer arrived. */
export type Try =
  | { kind: 'answered'; status: number; body: string; accepted: boolean }
  | { kind: 'failed'; error: string; accepted: false };

/** Our own value, because no provider publishes how long it waits for an answer. */
const TIMEOUT_MS = 30_000;

/** Posts the text once. Never throws: an unreachable endpoint gives a result of kind `failed`. */
export async function postOnce(target: WebhookTarget, text: string): Promise<Try> {
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      headers: webhookHeaders(target, text),
      body: text,
      // Providers treat a 3xx answer as a failure and do not follow the redirect. `fetch` would follow it.
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
 * Returns the error's code, for example ECONNREFUSED, or its name. Never returns the message: `fetch` quotes the URL in
 * it, and a signed URL is a secret.
 */
function failureReason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name;
}
