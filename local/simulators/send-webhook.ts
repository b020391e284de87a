import { setTimeout as sleep } from 'node:timers/promises';
import { postOnce, type Try } from './post-once.ts';
import type { RetrySchedule } from './retry-schedule.ts';
import type { WebhookTarget } from './webhook-target.ts';

export interface SendOptions {
  target: WebhookTarget;
  body: unknown;
  schedule: RetrySchedule;
  /** Called before each retry. If it returns true, the webhook is outdated and is not sent again. */
  isOutdated?: () => boolean;
  /** Called after each try, with the pause in seconds before the next try, or null if no try follows. */
  onTry?: (result: Try, pause: number | null) => void;
  /** Waits for a number of seconds. Default: real time. */
  wait?: (seconds: number) => Promise<unknown>;
}

export interface DeliveryResult {
  outcome: 'accepted' | 'outdated' | 'given-up';
  tries: Try[];
}

/**
 * Delivers one webhook as a provider does. A 2xx answer is a success. After any other result, including an unreachable
 * endpoint, it tries again until the schedule ends or the webhook is outdated.
 *
 * @example
 * await sendWebhook({ target: { url, username, password }, body: ident, schedule: idnowSimulation.schedule })
 */
export async function sendWebhook(options: SendOptions): Promise<DeliveryResult> {
  const { target, schedule, onTry, isOutdated = () => false, wait = sleepSeconds } = options;
  // All tries send the same bytes, because receivers recognize duplicates by the bytes.
  const text = JSON.stringify(options.body);
  const pauses = Iterator.from(schedule());
  const tries: Try[] = [];
  for (;;) {
    const result = await postOnce(target, text);
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
