import { createHmac, randomBytes } from 'node:crypto';

const IDLE_MS = 60 * 60_000;

/** A feature that IDnow enables for an account only on request. */
export type IdnowAccountFeature = 'archive' | 'bindingKey' | 'copy' | 'esigning';

export interface IdnowAccount {
  companyId: string;
  apiKey: string;
  /** The features that IDnow has enabled for the account. Default: all. */
  features?: readonly IdnowAccountFeature[];
}

export interface SimulatedIdnowLogins {
  /** Logs in at the simulated IDnow API. @returns a new token, or null if the company's shortname or API key is wrong */
  login(companyId: string, apiKey: unknown): string | null;
  /** Returns the shortname of the company that owns a valid token, or null. Each use keeps a token valid for an hour. */
  ownerOf(token: string | undefined): string | null;
  expireAll(): void;
}

/** Creates the simulated logins of IDnow. A token expires after one hour without use. */
export function createSimulatedIdnowLogins(
  accounts: readonly IdnowAccount[],
  now: () => number,
): SimulatedIdnowLogins {
  const secret = randomBytes(64);
  const live = new Map<string, { companyId: string; lastUse: number }>();
  return {
    login(companyId, apiKey) {
      const isValid = accounts.some(
        (account) => account.companyId === companyId && account.apiKey === apiKey,
      );
      if (!isValid) return null;
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

/** Creates a login token: a JWT with the fields of IDnow's sample. */
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
