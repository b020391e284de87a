import type { Guard } from './guard.ts';
import { isOneOf } from './same-secret.ts';

export interface BasicCredential {
  /** Without a colon (RFC 7617). */
  readonly username: string;
  readonly password: string;
}

/**
 * Lets in whoever presents one of the active credentials (RFC 7617); without any, nobody. Bytes are compared, not text:
 * a decoder would make one text of different bytes.
 */
export function basicAuthGuard(credentials: readonly BasicCredential[]): Guard {
  const active = credentials.flatMap(encodings);
  return ({ headers }) => {
    if (active.length === 0) return { status: 401, reason: 'no-secret-configured' };
    const [, encoded = ''] = /^basic +([a-z0-9+/]+=*) *$/i.exec(headers.get('authorization') ?? '') ?? [];
    return isOneOf(Buffer.from(encoded, 'base64'), active) ? null : { status: 401, reason: 'credential' };
  };
}

/**
 * The bytes that a credential may come as. RFC 7617 leaves the encoding to the client: Java's clients take ISO-8859-1,
 * and IDnow is never challenged, so that it cannot learn that we ask for UTF-8. Neither is normalized: another sequence
 * of characters is another password. A credential that no encoding can carry is none.
 */
function encodings({ username, password }: BasicCredential): Uint8Array[] {
  const credential = `${username}:${password}`;
  if (!credential.isWellFormed()) return [];
  const utf8 = Buffer.from(credential, 'utf8');
  const latin1 = Buffer.from(credential, 'latin1');
  // Node keeps the low byte of a character that ISO-8859-1 lacks: whoever sends that byte must not be let in.
  return latin1.toString('latin1') === credential ? [utf8, latin1] : [utf8];
}
