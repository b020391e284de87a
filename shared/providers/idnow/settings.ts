import { createPublicKey } from 'node:crypto';
import * as z from 'zod';
import { usableEntries } from '../../parsing/usable-entries.ts';

/**
 * IDnow's two secrets in Secrets Manager. Each holds JSON; both may hold several entries, during a rotation
 * of a credential or for several shortnames.
 */
export const WebhookSecret = z.object({
  /** What IDnow presents to us. A username has no colon (RFC 7617). */
  basicAuth: usableEntries(z.object({ username: z.string().regex(/^[^:]*$/), password: z.string().min(1) })),
});

export const ApiSecret = z.object({
  /** What we present to IDnow: an API key for each shortname (`companyid`). */
  accounts: usableEntries(z.object({ companyId: z.string().min(1), apiKey: z.string().min(1) })),
});

/** A public key that IDnow signs the XML result with. One that cannot be read is refused at start-up. */
export const SigningKey = z.string().refine(isPublicKey, 'is not a PEM public key');

function isPublicKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
