import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the given number of webhooks may be sent. */
export type RateLimiter = (webhooks: number) => Promise<void>;

/** Creates a pace that spreads webhooks evenly. @param rate webhooks per second; Infinity means no limit */
export function createRateLimiter(rate: number): RateLimiter {
  let nextAt = performance.now();
  return async (webhooks) => {
    const now = performance.now();
    const wait = nextAt - now;
    nextAt = Math.max(nextAt, now) + (webhooks / rate) * 1000;
    if (wait > 0) await delay(wait);
  };
}
