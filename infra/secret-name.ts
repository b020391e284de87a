import type { ProviderName } from '../shared/contract/provider-name.ts';

/** `webhook`: what the provider presents to us. `api`: what we present to the provider. */
export type SecretKind = 'webhook' | 'api';

/** Returns the name of a provider's secret. @example 'idv-webhooks-live/idnow/webhook' */
export function buildSecretName(stackName: string, provider: ProviderName, kind: SecretKind): string {
  return `${stackName}/${provider}/${kind}`;
}
