import type { Guard, RequiredCredential } from '../../contract/webhook-authentication.ts';
import type { WebhookAdapter } from '../../providers/provider.ts';
import { createBasicAuthGuard } from './basic-auth.ts';
import { createSecretHeaderGuard } from './secret-header.ts';
import { createSignedUrlGuard } from './signed-url.ts';
import { createSourceIpGuard } from './source-ip.ts';

type Authentication = Pick<WebhookAdapter, 'provider' | 'sourceIps' | 'credentials'>;

/**
 * Compiles the guard of a provider. It compiles the source addresses once, and the credentials once per value of the
 * secret: parsing and hashing the secret costs more than checking a request.
 *
 * @throws ConfigurationError if an entry of `sourceIps` is not a network
 */
export function compileProviderGuard({
  provider,
  sourceIps,
  credentials,
}: Authentication): (secret: unknown) => Guard {
  const sourceGuard: Guard = sourceIps === null ? () => null : createSourceIpGuard(sourceIps);
  const compile = (secret: unknown) =>
    everyGuard([sourceGuard, ...credentials(secret).map((rule) => credentialGuard(provider, rule))]);
  let latest: { readonly secret: unknown; readonly guard: Guard } | null = null;
  return (secret) => {
    // A secret that was read again is another value, even if its content is the same. So a rotated secret takes effect.
    if (latest === null || latest.secret !== secret) latest = { secret, guard: compile(secret) };
    return latest.guard;
  };
}

function credentialGuard(provider: Authentication['provider'], rule: RequiredCredential): Guard {
  switch (rule.kind) {
    case 'basic':
      return createBasicAuthGuard(rule.credentials);
    case 'header':
      return createSecretHeaderGuard(rule);
    case 'signed-url':
      return createSignedUrlGuard(provider, rule);
    case 'custom':
      return rule.guard;
  }
}

/** Creates a guard that runs all guards in turn, and returns the first refusal. */
function everyGuard(guards: readonly Guard[]): Guard {
  return (request) => {
    for (const guard of guards) {
      const refusal = guard(request);
      if (refusal !== null) return refusal;
    }
    return null;
  };
}
