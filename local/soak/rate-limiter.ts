import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the rate allows the given number of further webhooks. */
export type RateLimiter = (webhooks: number) => Promise<void>;

/**
 * Creates a rate limiter that spreads webhooks evenly over time.
 * @param rate webhooks per second; Infinity means no limit
 */
export function createRateLimiter(rate: number): RateLimiter {
  let nextAt = performance.now();
  return async (webhooks) => {
    const now = performance.now();
    const wait = nextAt - now;
    nextAt = Math.max(nextAt, now) + (webhooks / rate) * 1000;
    if (wait > 0) await delay(wait);
  };
}
