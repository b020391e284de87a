import { randomBytes } from 'node:crypto';
import type { DatakeenCredentials, DatakeenSimulatorAuthorizationScheme } from './login-methods.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface SimulatedDatakeenLogins {
  /** Logs in at the simulated Datakeen API. @returns a new token, or null if the username or the password is wrong */
  login(given: DatakeenCredentials): string | null;
  /** Returns true if the `Authorization` header contains a token that has not expired. */
  accepts(authorization: string | undefined): boolean;
  expireAll(): void;
}

/** Creates the simulated logins of Datakeen. A token is valid for one day. A new login keeps the older tokens valid. */
export function createSimulatedDatakeenLogins(
  { username, password }: DatakeenCredentials,
  scheme: DatakeenSimulatorAuthorizationScheme,
  now: () => number,
): SimulatedDatakeenLogins {
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
    accepts(authorization = '') {
      const [, token = ''] = header.exec(authorization) ?? [];
      return now() < (ends.get(token) ?? 0);
    },
    expireAll: () => ends.clear(),
  };
}

/** Creates a login token: a JWT with the fields of Datakeen's sample. Its signature is random, so all tokens differ. */
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
