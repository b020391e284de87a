import { setTimeout as delay } from 'node:timers/promises';

/** Waits until so many webhooks may be sent. */
export type Pace = (webhooks: number) => Promise<void>;

/** Spreads webhooks evenly. @param rate webhooks a second; Infinity lets all through at once */
export function evenPace(rate: number): Pace {
  let nextAt = performance.now();
  return async (webhooks) => {
    const now = performance.now();
    const wait = nextAt - now;
    nextAt = Math.max(nextAt, now) + (webhooks / rate) * 1000;
    if (wait > 0) await delay(wait);
  };
}
