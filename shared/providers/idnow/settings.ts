import { createPublicKey } from 'node:crypto';
import * as z from 'zod/mini';
import { createTolerantListSchema } from '../../parsing/usable-entries.ts';

/** A credential that IDnow presents to us. A username contains no colon (RFC 7617). */
export const IdnowBasicAuth = z.object({
  username: z.string().check(z.regex(/^[^:]*$/)),
  password: z.string().check(z.minLength(1)),
});

/** Our API key of one shortname (`companyid`). */
export const IdnowAccount = z.object({
  companyId: z.string().check(z.minLength(1)),
  apiKey: z.string().check(z.minLength(1)),
});

/**
 * IDnow's two secrets in Secrets Manager. Each contains JSON. Each may contain several entries: during the rotation of
 * a credential, or because we have several shortnames (IDnow's name of customer accounts).
 */
export const IdnowWebhookSecret = z.object({
  basicAuth: createTolerantListSchema(IdnowBasicAuth),
});

export const IdnowApiSecret = z.object({
  accounts: createTolerantListSchema(IdnowAccount),
});

/**
 * A public key that verifies IDnow's signature of the XML result. If a key is unreadable, the function fails at
 * start-up.
 */
export const IdnowSigningKey = z.string().check(z.refine(isPublicKey, 'is not a PEM public key'));

function isPublicKey(pem: string): boolean {
  try {
    return createPublicKey(pem).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
