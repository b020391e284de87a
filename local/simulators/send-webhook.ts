import { setTimeout as sleep } from 'node:timers/promises';
import { postOnce, type Try } from './post-once.ts';
import type { RetrySchedule } from './retry-schedule.ts';
import type { WebhookTarget } from './webhook-target.ts';

export interface SendOptions {
  target: WebhookTarget;
  body: unknown;
  schedule: RetrySchedule;
  /** Asked before every retry: a webhook is dropped once what it tells has changed. */
  isOutdated?: () => boolean;
  /** Called after each try with the pause in seconds until the next one, null when there is none. */
  onTry?: (attempt: Try, pause: number | null) => void;
  /** Real time unless told otherwise. */
  wait?: (seconds: number) => Promise<unknown>;
}

export interface Delivery {
  outcome: 'accepted' | 'outdated' | 'given-up';
  tries: Try[];
}

/**
 * Delivers one webhook as a provider does: 2xx is success, and everything else, an endpoint that cannot be
 * reached included, is tried again on the schedule until it is exhausted or the webhook is out of date.
 *
 * @example
 * await sendWebhook({ target: { url, username, password }, body: ident, schedule: idnowRetries })
 */
export async function sendWebhook(options: SendOptions): Promise<Delivery> {
  const { target, schedule, onTry, isOutdated = () => false, wait = realTime } = options;
  // Once for all tries: a retry carries the same bytes, which is what receivers deduplicate on.
  const text = JSON.stringify(options.body);
  const pauses = Iterator.from(schedule());
  const tries: Try[] = [];
  for (;;) {
    const attempt = await postOnce(target, text);
    tries.push(attempt);
    const pause = attempt.accepted ? null : nextOf(pauses);
    onTry?.(attempt, pause);
    if (attempt.accepted) return { outcome: 'accepted', tries };
    if (pause === null) return { outcome: 'given-up', tries };
    await wait(pause);
    if (isOutdated()) return { outcome: 'outdated', tries };
  }
}

export function realTime(seconds: number): Promise<unknown> {
  return sleep(seconds * 1000);
}

function nextOf(pauses: Iterator<number>): number | null {
  const next = pauses.next();
  return next.done ? null : next.value;
}
