import { randomUUID } from 'node:crypto';

/**
 * Settings of all AWS clients. Calls fail fast, so that the function can still try again or answer 503 within its own
 * time-out. The SDK may retry all of our writes, because they are conditional.
 */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: 2500,
    // Without this setting, the SDK only logs a warning if a request takes too long.
    throwOnRequestTimeout: true,
  },
} as const;

/** The clock and the source of random ids. Code takes them as arguments, so tests can replace them. */
export const clockAndIds = {
  now: () => new Date(),
  nowMs: () => Date.now(),
  newId: () => randomUUID(),
} as const;
