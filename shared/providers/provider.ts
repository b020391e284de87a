import type { CaseLookup, EvidenceAdapter } from '../contract/evidence-adapter.ts';
import type { ProviderName } from '../contract/provider-name.ts';
import type { Reading } from '../contract/reading.ts';
import type { RequiredCredential } from '../contract/webhook-authentication.ts';
import type { EnvironmentVariables } from '../platform/environment.ts';
import type { ProviderApiDependencies } from '../provider-api/evidence-tools.ts';

/** The webhook code of a provider. It defines which requests are authentic, and reads their bodies. */
export interface WebhookAdapter {
  readonly provider: ProviderName;
  /** The value of the header `WWW-Authenticate` in a 401 response; null if the provider does not support challenges. */
  readonly challenge: string | null;
  /** The networks from which requests must come: IPv4 or IPv6, in CIDR notation. Null accepts every address. */
  readonly sourceIps: readonly string[] | null;
  /**
   * Returns the list of required credentials: a request must present all of them. The list is never empty, because a
   * source address alone proves too little.
   *
   * @param secret the JSON of the secret, not validated. If a part is missing or unusable, the rule for that part
   * accepts no credential
   */
  credentials(secret: unknown): readonly [RequiredCredential, ...RequiredCredential[]];
  /**
   * Reads the body of a webhook, and returns one reading for each case in it, and at least one reading. The function is
   * pure and never throws. A body that it does not understand becomes a reading of the kind `unknown`. The body is
   * nested 64 levels deep at most.
   *
   * @param reference the caller's own id from a signed URL; null if the URL contains none
   */
  read(body: unknown, reference: string | null): readonly Reading[];
  /**
   * Splits a body with several cases into one body per case, in the order of the readings. Absent if a body of this provider
   * always has one case.
   */
  split?(body: unknown): readonly unknown[];
}

/**
 * The two parts of a provider: its webhook code and its evidence code. Each provider's folder exports one `Provider`.
 * Each function in this interface reads the environment variables of its Lambda function. If a variable is missing, it
 * throws a ConfigurationError at start-up.
 */
export interface Provider {
  readonly name: ProviderName;
  webhook(environment: EnvironmentVariables): WebhookAdapter;
  evidence(environment: EnvironmentVariables, tools: ProviderApiDependencies): EvidenceAdapter & CaseLookup;
}
