import type { Secret } from '../platform/secrets.ts';
import type { Wait } from './retry-budget.ts';
import type { SessionStore } from './sessions/session-store.ts';

/** The tools with which the evidence half of a provider calls its API. */
export interface EvidenceTools {
  secret(secretId: string): Secret;
  readonly sessions: SessionStore;
  /** Identifies this instance of the function. */
  readonly owner: string;
  readonly wait: Wait;
  /** Returns the current time in milliseconds since 1970. */
  now(): number;
}
