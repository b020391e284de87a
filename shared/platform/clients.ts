import { randomUUID } from 'node:crypto';

/**
 * Settings of all AWS clients: fail fast enough to try again, and to answer 503, within the function's own
 * time-out. The SDK retries what is safe to retry; our writes are conditional, so all of them are.
 */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: 2500,
    // Without it, a request that takes too long is only warned of.
    throwOnRequestTimeout: true,
  },
} as const;

/** Everything that is not a function of its input, in one place, so that tests can hold it still. */
export const system = {
  now: () => new Date(),
  nowMs: () => Date.now(),
  newId: () => randomUUID(),
} as const;
