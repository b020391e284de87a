import type { CredentialRule, Guard } from '../../contract/webhook-authentication.ts';
import type { WebhookSource } from '../../providers/provider.ts';
import { basicAuthGuard } from './basic-auth.ts';
import { secretHeaderGuard } from './secret-header.ts';
import { signedUrlGuard } from './signed-url.ts';
import { sourceIpGuard } from './source-ip.ts';

type Authentication = Pick<WebhookSource, 'provider' | 'sourceIps' | 'credentials'>;

/**
 * Compiles the guard of a provider. It compiles the source addresses once, and the credentials each time the secret is
 * read.
 *
 * @throws ConfigurationError if an entry of `sourceIps` is not a network
 */
export function compileProviderGuard({
  provider,
  sourceIps,
  credentials,
}: Authentication): (secret: unknown) => Guard {
  const sourceGuard: Guard = sourceIps === null ? () => null : sourceIpGuard(sourceIps);
  return (secret) =>
    everyGuard([sourceGuard, ...credentials(secret).map((rule) => credentialGuard(provider, rule))]);
}

function credentialGuard(provider: Authentication['provider'], rule: CredentialRule): Guard {
  switch (rule.kind) {
    case 'basic':
      return basicAuthGuard(rule.credentials);
    case 'header':
      return secretHeaderGuard(rule);
    case 'signed-url':
      return signedUrlGuard(provider, rule);
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
