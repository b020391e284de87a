import { randomUUID } from 'node:crypto';

/**
 * The settings of all AWS clients. A call fails early, so that the function still has time to try again or to answer
 * 503. The SDK may retry all of our writes, because they are conditional.
 */
export const awsClientSettings = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: 2500,
    // By default, the SDK only logs a warning if a request takes too long. `throwOnRequestTimeout` ends the request.
    throwOnRequestTimeout: true,
  },
} as const;

/** The clock and the source of random ids. Code takes them as arguments, so tests can replace them. */
export const clockAndIdGenerator = {
  now: () => new Date(),
  nowMs: () => Date.now(),
  newId: () => randomUUID(),
} as const;
