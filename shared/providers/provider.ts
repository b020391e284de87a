import type { Reading } from '../contract/reading.ts';
import type { ProviderName } from '../contract/transition.ts';
import type { Environment } from '../platform/environment.ts';
import type { Secret } from '../platform/secrets.ts';
import type { EvidenceSource } from '../contract/evidence-source.ts';
import type { Guard } from '../receiving/guards/guard.ts';
import type { Wait } from '../provider-api/patience.ts';
import type { SessionStore } from '../provider-api/sessions/session-store.ts';

/** The receiving half of a provider: who may come in, and what the words mean. */
export interface WebhookReader {
  readonly provider: ProviderName;
  /** `WWW-Authenticate` of a 401; null where the provider knows no challenge. */
  readonly challenge: string | null;
  /**
   * The guard that the provider's secret configures. It must refuse everything where a part that is
   * configured has no secret.
   *
   * @param secret the secret's JSON, unchecked
   */
  guard(secret: unknown): Guard;
  /**
   * What a body means: one reading a case, at least one. Pure, and never throws: what is not understood is a
   * reading too. The body is nested 64 levels at most.
   *
   * @param reference the caller's own id from a signed callback URL
   */
  read(body: unknown, reference: string | null): readonly Reading[];
}

/** What the fetching half of a provider is given. */
export interface EvidenceTools {
  secret(secretId: string): Secret;
  readonly sessions: SessionStore;
  /** Identifies this instance of the function. */
  readonly owner: string;
  readonly wait: Wait;
  /** In milliseconds since 1970. */
  now(): number;
}

/**
 * A provider is one folder that exports one of these. Each half takes the environment of the function that
 * it runs in, and throws a ConfigurationError at init where a setting is missing.
 */
export interface Provider {
  readonly name: ProviderName;
  webhook(environment: Environment): WebhookReader;
  evidence(environment: Environment, tools: EvidenceTools): EvidenceSource;
}
