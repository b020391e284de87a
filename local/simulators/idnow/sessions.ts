import { createHmac, randomBytes } from 'node:crypto';

const IDLE_MS = 60 * 60_000;

export interface Account {
  companyId: string;
  apiKey: string;
}

export interface Sessions {
  /** A token, or null where shortname or key are wrong. */
  login(companyId: string, apiKey: unknown): string | null;
  /** Whose token it is; every use keeps it alive for another hour. */
  ownerOf(token: string | undefined): string | null;
  expireAll(): void;
}

/** The provider's login tokens: they end after an hour without use. */
export function createSessions(accounts: readonly Account[], now: () => number): Sessions {
  const secret = randomBytes(64);
  const live = new Map<string, { companyId: string; lastUse: number }>();
  return {
    login(companyId, apiKey) {
      const known = accounts.some((one) => one.companyId === companyId && one.apiKey === apiKey);
      if (!known) return null;
      const token = tokenFor(companyId, now(), secret);
      live.set(token, { companyId, lastUse: now() });
      return token;
    },
    ownerOf(token = '') {
      const session = live.get(token);
      if (session === undefined) return null;
      if (now() - session.lastUse >= IDLE_MS) {
        live.delete(token);
        return null;
      }
      session.lastUse = now();
      return session.companyId;
    },
    expireAll: () => live.clear(),
  };
}

/** A JWT with the claims of the provider's sample. */
function tokenFor(companyId: string, time: number, secret: Buffer): string {
  const seconds = Math.floor(time / 1000);
  const unsigned = [
    { alg: 'HS512', typ: 'JWT' },
    {
      aud: 'de.idnow.application',
      exp: seconds + IDLE_MS / 1000,
      jti: randomBytes(16).toString('base64url'),
      iat: seconds,
      nbf: seconds - 120,
      sub: companyId,
      permissions: 'ALL',
    },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${unsigned}.${createHmac('sha512', secret).update(unsigned).digest('base64url')}`;
}
