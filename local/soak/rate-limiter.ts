import { setTimeout as delay } from 'node:timers/promises';

/** A function that waits until this number of webhooks can be sent without exceeding the rate limit. */
export type RateLimiter = (webhooks: number) => Promise<void>;

/**
 * Creates a rate limiter that spreads webhooks evenly over time.
 * @param rate the maximum number of webhooks per second; Infinity means no limit
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
