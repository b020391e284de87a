import type { Guard } from './guard.ts';
import { isOneOf } from './same-secret.ts';

export interface BasicCredential {
  /** Without a colon (RFC 7617). */
  readonly username: string;
  readonly password: string;
}

/** Lets in whoever presents one of the active credentials (RFC 7617); without any, nobody. */
export function basicAuthGuard(credentials: readonly BasicCredential[]): Guard {
  const active = credentials.map(({ username, password }) => `${username}:${password}`);
  return ({ headers }) => {
    if (active.length === 0) return { status: 401, reason: 'no-secret-configured' };
    const [, encoded = ''] = /^basic +([a-z0-9+/]+=*) *$/i.exec(headers.get('authorization') ?? '') ?? [];
    const given = Buffer.from(encoded, 'base64').toString('utf8');
    return isOneOf(given, active) ? null : { status: 401, reason: 'credential' };
  };
}
