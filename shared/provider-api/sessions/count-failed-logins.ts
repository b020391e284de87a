import type { Telemetry } from '../../platform/telemetry.ts';
import type { SessionStore } from './session-store.ts';

/**
 * Wraps a session store so that it counts failed logins: a login that was refused or got no answer, and a new token that
 * the API refused. A login without credentials is not sent, so it does not count.
 */
export function countFailedLogins(store: SessionStore, telemetry: Pick<Telemetry, 'count'>): SessionStore {
  return {
    ...store,
    recordFailure(...failure) {
      telemetry.count('LoginsFailed');
      return store.recordFailure(...failure);
    },
    pause(...refusal) {
      telemetry.count('LoginsFailed');
      return store.pause(...refusal);
    },
  };
}
