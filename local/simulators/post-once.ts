import { type WebhookTarget, webhookHeaders } from './webhook-target.ts';

/** One try: the endpoint's answer, or why there was none. */
export type Try =
  | { kind: 'answered'; status: number; body: string; accepted: boolean }
  | { kind: 'failed'; error: string; accepted: false };

/** Our own figure: no provider publishes how long it waits for an answer. */
const TIMEOUT_MS = 30_000;

/** Posts the text once. Never throws: an endpoint that cannot be reached is a result like another. */
export async function postOnce(target: WebhookTarget, text: string): Promise<Try> {
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      headers: webhookHeaders(target, text),
      body: text,
      // Providers count a 3xx as a failure and do not follow it; fetch would.
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
    return { kind: 'failed', error: reason(error), accepted: false };
  }
}

/**
 * A code such as ECONNREFUSED, or the error's name. Not its message: fetch quotes the URL there, and a
 * signed URL is a secret.
 */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return error.name;
}
