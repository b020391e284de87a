import { createHmac } from 'node:crypto';
import type { ProviderName } from '../../contract/transition.ts';
import type { Guard } from './guard.ts';
import { isOneOf } from './same-secret.ts';

interface Options {
  /** Refuses a path that carries no signature, for a provider that proves itself in no other way. */
  readonly required?: boolean;
}

/**
 * Holds a signed callback URL (`/webhooks/{provider}/{reference}/{signature}`) against the active secrets;
 * without any, it refuses every such URL. A path without reference and signature is none of its business,
 * unless one is required.
 */
export function signedUrlGuard(
  provider: ProviderName,
  secrets: readonly string[],
  { required = false }: Options = {},
): Guard {
  const active = secrets.filter((secret) => secret !== '');
  return ({ pathParameters: { reference, signature } }) => {
    if (!required && reference === undefined && signature === undefined) return null;
    if (active.length === 0) return { status: 401, reason: 'no-secret-configured' };
    const given = reference ?? '';
    const expected = active.map((secret) => callbackSignature(provider, given, secret));
    const matches = isOneOf(signature ?? '', expected);
    return matches && isReference(given) ? null : { status: 401, reason: 'credential' };
  };
}

/** base64url(HMAC-SHA256(secret, `{provider}/{reference}`)): 43 characters, without padding. */
export function callbackSignature(provider: ProviderName, reference: string, secret: string): string {
  return createHmac('sha256', secret).update(`${provider}/${reference}`).digest('base64url');
}

/**
 * What a callback URL can carry: 1 to 128 of RFC 3986's unreserved characters, which nobody on the way encodes
 * or decodes. `.` and `..` would be resolved as steps of the path.
 */
export function isReference(text: string): boolean {
  return /^[A-Za-z0-9._~-]{1,128}$/.test(text) && text !== '.' && text !== '..';
}
