import { createHmac } from 'node:crypto';
import type { ProviderName } from '../../contract/provider-name.ts';
import type { Guard, RequiredCredential } from '../../contract/webhook-authentication.ts';
import { isReference } from '../../parsing/reference.ts';
import { matchesAnySecret } from '../../platform/matches-any-secret.ts';

type SignedUrlRule = Omit<Extract<RequiredCredential, { kind: 'signed-url' }>, 'kind'>;

/**
 * Creates a guard that checks a signed URL (`/webhooks/{provider}/{reference}/{signature}`) against the active secrets.
 */
export function createSignedUrlGuard(provider: ProviderName, { secrets, required }: SignedUrlRule): Guard {
  const active = secrets.filter((secret) => secret !== '');
  return ({ pathParameters: { reference, signature } }) => {
    if (!required && reference === undefined && signature === undefined) return null;
    if (active.length === 0) return { status: 401, reason: 'no-secret-configured' };
    const given = reference ?? '';
    const expected = active.map((secret) => computeCallbackSignature(provider, given, secret));
    const matches = matchesAnySecret(signature ?? '', expected);
    return matches && isReference(given) ? null : { status: 401, reason: 'credential' };
  };
}

/**
 * Computes the signature of a URL: base64url(HMAC-SHA256(secret, `{provider}/{reference}`)), 43 characters without
 * padding.
 */
export function computeCallbackSignature(provider: ProviderName, reference: string, secret: string): string {
  return createHmac('sha256', secret).update(`${provider}/${reference}`).digest('base64url');
}
