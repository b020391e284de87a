import type { BasicCredential, Guard } from '../../contract/webhook-authentication.ts';
import { createSecretMatcher } from '../../platform/matches-any-secret.ts';

/**
 * Creates a guard that accepts requests with one of the active credentials (RFC 7617). The guard compares bytes, not text,
 * because a decoder may turn different bytes into the same text.
 */
export function createBasicAuthGuard(credentials: readonly BasicCredential[]): Guard {
  const active = credentials.flatMap(encodings);
  const isActive = createSecretMatcher(active);
  return ({ headers }) => {
    if (active.length === 0) return { status: 401, reason: 'no-secret-configured' };
    const [, encoded = ''] = /^basic +([a-z0-9+/]+=*) *$/i.exec(headers.get('authorization') ?? '') ?? [];
    return isActive(Buffer.from(encoded, 'base64')) ? null : { status: 401, reason: 'credential' };
  };
}

/**
 * Returns the bytes that a client may send for a credential. RFC 7617 lets the client choose the encoding, and Java
 * clients use ISO-8859-1. A server can request UTF-8 in a challenge, but IDnow sends its credential without waiting for
 * a challenge. The text is not normalized, because another sequence of characters is another password. A credential
 * with an unpaired surrogate never matches, because it has no encoding.
 */
function encodings({ username, password }: BasicCredential): Uint8Array[] {
  const credential = `${username}:${password}`;
  if (!credential.isWellFormed()) return [];
  const utf8 = Buffer.from(credential, 'utf8');
  const latin1 = Buffer.from(credential, 'latin1');
  // Use ISO-8859-1 only if it can represent each character of the credential. For another character, Node writes only
  // its low byte, so a wrong credential could match.
  return latin1.toString('latin1') === credential ? [utf8, latin1] : [utf8];
}
