import type { Secret } from '../platform/secrets.ts';
import type { Wait } from './patience.ts';
import type { SessionStore } from './sessions/session-store.ts';

/** What the evidence half of a provider gets to call its API with. */
export interface EvidenceTools {
  secret(secretId: string): Secret;
  readonly sessions: SessionStore;
  /** Identifies this instance of the function. */
  readonly owner: string;
  readonly wait: Wait;
  /** In milliseconds since 1970. */
  now(): number;
}
