import type { CachedSecret } from '../platform/secrets.ts';
import type { WaitFunction } from './retry-budget.ts';
import type { SessionStore } from './sessions/session-store.ts';

/** Everything that a provider's code needs to call the provider's API: secrets, sessions, pauses and a clock. */
export interface ProviderApiDependencies {
  secret(secretId: string): CachedSecret;
  readonly sessions: SessionStore;
  /** The id of this instance of the function. Leases name it as their holder. */
  readonly owner: string;
  readonly wait: WaitFunction;
  /** Returns the current time in milliseconds since 1970. */
  now(): number;
}
