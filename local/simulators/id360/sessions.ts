import { randomBytes } from 'node:crypto';

const IDLE_MS = 15 * 60_000;

export interface Id360Credentials {
  username: string;
  password: string;
}

export interface Id360Sessions {
  /** Returns a token, or null if the username or the password is wrong. */
  login(username: unknown, password: unknown): string | null;
  /** Checks whether the header has a valid token. Each use extends the token's life to 15 minutes from now. */
  accepts(authorization: string | undefined): boolean;
  expireAll(): void;
}

/** Creates the simulated tokens. A token expires after 15 minutes without use. A new login does not expire other tokens. */
export function createId360Sessions(
  { username, password }: Id360Credentials,
  now: () => number,
): Id360Sessions {
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

/** The developer guide says "25 characters (fixed length)", but its examples have 24 and 50. The logins use all three. */
const tokenLengths = [24, 50, 25];

function newToken(index: number): string {
  const length = tokenLengths[index % tokenLengths.length];
  return randomBytes(25).toString('hex').slice(0, length);
}
