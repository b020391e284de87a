import { randomBytes } from 'node:crypto';
import type { AuthorizationScheme, Credentials } from './logins.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface Tokens {
  /** A token, or null where username or password are wrong. */
  login(given: Credentials): string | null;
  /** Whether the header opens the API. */
  admits(authorization: string | undefined): boolean;
  expireAll(): void;
}

/** The provider's tokens: they end a day after their login, used or not, and a login does not end the others. */
export function createTokens(
  { username, password }: Credentials,
  scheme: AuthorizationScheme,
  now: () => number,
): Tokens {
  const ends = new Map<string, number>();
  const header = new RegExp(`^${scheme} (\\S+)$`);
  return {
    login(given) {
      if (given.username !== username || given.password !== password) return null;
      const end = now() + DAY_MS;
      const token = newToken(username, end);
      ends.set(token, end);
      return token;
    },
    admits(authorization = '') {
      const [, token = ''] = header.exec(authorization) ?? [];
      return now() < (ends.get(token) ?? 0);
    },
    expireAll: () => ends.clear(),
  };
}

/** A JWT with the claims of the provider's sample. Its signature is random, so that no two are the same. */
function newToken(username: string, end: number): string {
  const exp = Math.floor(end / 1000);
  const claims = {
    _id: randomBytes(12).toString('hex'),
    fullName: 'Specimen',
    email: username,
    role: 'admin',
    iat: exp - DAY_MS / 1000,
    exp,
  };
  const [head, body] = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${head}.${body}.${randomBytes(32).toString('base64url')}`;
}
