import { setTimeout as sleep } from 'node:timers/promises';
import { sendWebhookOnce, type WebhookTry } from './post-once.ts';
import type { RetrySchedule } from './retry-schedule.ts';
import type { WebhookUrlAndCredentials } from './webhook-target.ts';

export interface SendWebhookOptions {
  target: WebhookUrlAndCredentials;
  body: unknown;
  schedule: RetrySchedule;
  /** Called before each retry. If it returns true, a newer state exists, and the webhook is not retried any more. */
  isOutdated?: () => boolean;
  /** Called each time the webhook was sent. `pause` is the time until its next retry in seconds, or null if none follows. */
  onTry?: (result: WebhookTry, pause: number | null) => void;
  /** Waits for the given number of seconds. Tests replace it. Default: a real timer. */
  wait?: (seconds: number) => Promise<unknown>;
}

export interface WebhookSendResult {
  outcome: 'accepted' | 'outdated' | 'given-up';
  tries: WebhookTry[];
}

/**
 * Sends one webhook, and retries it as a provider does. A 2xx answer is a success. After any other answer, or no answer,
 * it retries until the schedule ends or `isOutdated` returns true.
 *
 * @example
 * await sendWebhook({ target: { url, username, password }, body: ident, schedule: idnowScenarioPlaySettings.schedule })
 */
export async function sendWebhook(options: SendWebhookOptions): Promise<WebhookSendResult> {
  const { target, schedule, onTry, isOutdated = () => false, wait = sleepSeconds } = options;
  // Serialize the body only once, because a provider's retry repeats exactly the same bytes.
  const text = JSON.stringify(options.body);
  const pauses = Iterator.from(schedule());
  const tries: WebhookTry[] = [];
  for (;;) {
    const result = await sendWebhookOnce(target, text);
    tries.push(result);
    const pause = result.accepted ? null : nextOf(pauses);
    onTry?.(result, pause);
    if (result.accepted) return { outcome: 'accepted', tries };
    if (pause === null) return { outcome: 'given-up', tries };
    await wait(pause);
    if (isOutdated()) return { outcome: 'outdated', tries };
  }
}

export function sleepSeconds(seconds: number): Promise<unknown> {
  return sleep(seconds * 1000);
}

function nextOf(pauses: Iterator<number>): number | null {
  const next = pauses.next();
  return next.done ? null : next.value;
}
