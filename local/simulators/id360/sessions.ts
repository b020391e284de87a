import { randomBytes } from 'node:crypto';

const IDLE_MS = 15 * 60_000;

export interface Credentials {
  username: string;
  password: string;
}

export interface Sessions {
  /** A token, or null where username or password are wrong. */
  login(username: unknown, password: unknown): string | null;
  /** Whether the header opens the API; every use keeps its token alive for another 15 minutes. */
  admits(authorization: string | undefined): boolean;
  expireAll(): void;
}

/** The provider's tokens: they end after 15 minutes without use, and a login does not end the others. */
export function createSessions({ username, password }: Credentials, now: () => number): Sessions {
  const lastUses = new Map<string, number>();
  return {
    login(givenName, givenPassword) {
      if (givenName !== username || givenPassword !== password) return null;
      const token = newToken(lastUses.size);
      lastUses.set(token, now());
      return token;
    },
    admits(authorization = '') {
      const [, token = ''] = /^Token (\S+)$/.exec(authorization) ?? [];
      const lastUse = lastUses.get(token);
      if (lastUse === undefined || now() - lastUse >= IDLE_MS) return false;
      lastUses.set(token, now());
      return true;
    },
    expireAll: () => lastUses.clear(),
  };
}

/** The developer guide says "25 characters (fixed length)", and prints 24 and 50: here they take turns. */
const tokenLengths = [24, 50, 25];

function newToken(index: number): string {
  const length = tokenLengths[index % tokenLengths.length];
  return randomBytes(25).toString('hex').slice(0, length);
}
