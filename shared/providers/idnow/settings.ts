import { createPublicKey } from 'node:crypto';
import * as z from 'zod';
import { usableEntries } from '../../parsing/usable-entries.ts';

/**
 * IDnow's two secrets in Secrets Manager. Each contains JSON. Both may have several entries: during the rotation of a
 * credential, or for several shortnames.
 */
export const WebhookSecret = z.object({
  /** The credentials that IDnow presents to us. A username contains no colon (RFC 7617). */
  basicAuth: usableEntries(z.object({ username: z.string().regex(/^[^:]*$/), password: z.string().min(1) })),
});

export const ApiSecret = z.object({
  /** Our API keys at IDnow, one per shortname (`companyid`). */
  accounts: usableEntries(z.object({ companyId: z.string().min(1), apiKey: z.string().min(1) })),
});

/** The public key for IDnow's signature of the XML result. An unreadable key makes the function fail at start-up. */
export const SigningKey = z.string().refine(isPublicKey, 'is not a PEM public key');

function isPublicKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
