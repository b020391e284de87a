import { randomBytes } from 'node:crypto';

const IDLE_MS = 15 * 60_000;

export interface Id360Credentials {
  username: string;
  password: string;
}

export interface SimulatedId360Logins {
  /** Logs in at the simulated ID360 API. @returns a new token, or null if the username or the password is wrong */
  login(username: unknown, password: unknown): string | null;
  /** Returns true if the `Authorization` header contains a valid token. Each use keeps a token valid for 15 more minutes. */
  accepts(authorization: string | undefined): boolean;
  expireAll(): void;
}

/** Creates the simulated logins of ID360. A new login keeps older tokens valid. Tokens expire after 15 unused minutes. */
export function createSimulatedId360Logins(
  { username, password }: Id360Credentials,
  now: () => number,
): SimulatedId360Logins {
  const lastUses = new Map<string, number>();
  return {
    login(givenName, givenPassword) {
      if (givenName !== username || givenPassword !== password) return null;
      const token = newToken(lastUses.size);
      lastUses.set(token, now());
      return token;
    },
    accepts(authorization = '') {
      const [, token = ''] = /^Token (\S+)$/.exec(authorization) ?? [];
      const lastUse = lastUses.get(token);
      if (lastUse === undefined || now() - lastUse >= IDLE_MS) return false;
      lastUses.set(token, now());
      return true;
    },
    expireAll: () => lastUses.clear(),
  };
}

/** The lengths of login tokens, each used in turn. ID360's developer guide says 25, but its examples have 24 and 50. */
const tokenLengths = [24, 50, 25];

function newToken(index: number): string {
  const length = tokenLengths[index % tokenLengths.length];
  return randomBytes(25).toString('hex').slice(0, length);
}
