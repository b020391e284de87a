import type { EvidenceSource } from '../contract/evidence-source.ts';
import type { ProviderName } from '../contract/provider-name.ts';
import type { Reading } from '../contract/reading.ts';
import type { CredentialRule } from '../contract/webhook-authentication.ts';
import type { Environment } from '../platform/environment.ts';
import type { EvidenceTools } from '../provider-api/evidence-tools.ts';

/** The webhook half of a provider: it says which requests are authentic, and reads their bodies. */
export interface WebhookSource {
  readonly provider: ProviderName;
  /** The header `WWW-Authenticate` of a 401; null if the provider does not support challenges. */
  readonly challenge: string | null;
  /** Networks that requests must come from, IPv4 or IPv6, in CIDR notation; null allows every address. */
  readonly sourceIps: readonly string[] | null;
  /**
   * The credentials that a request must present, all of them. At least one, because an address alone proves too little.
   *
   * @param secret the secret's JSON, unchecked; if a part is missing or unusable, its rule has no secret to accept
   */
  credentials(secret: unknown): readonly [CredentialRule, ...CredentialRule[]];
  /**
   * Reads a body, and returns a reading for each case in it, at least one. Pure, and never throws: a body that is not
   * understood gives a reading of the kind `unknown`. The body is nested 64 levels at most.
   *
   * @param reference the caller's own id from a signed callback URL
   */
  read(body: unknown, reference: string | null): readonly Reading[];
}

/**
 * A provider. Each provider has a folder that exports its `Provider`. Each half takes the environment of its Lambda
 * function, and throws a ConfigurationError at start-up if a setting is missing.
 */
export interface Provider {
  readonly name: ProviderName;
  webhook(environment: Environment): WebhookSource;
  evidence(environment: Environment, tools: EvidenceTools): EvidenceSource;
}
