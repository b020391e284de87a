import type { CachedSecret } from '../../platform/secrets.ts';
import { EvidenceError } from '../evidence-error.ts';

/**
 * Finds a credential in the secret of a provider's API. If the credential is missing, the secret is read again, because
 * somebody may have added the credential since the secret was cached.
 *
 * @param find finds the credential in the secret's JSON, which is not validated yet
 * @param missing the message of the error. It names the missing entry and its secret
 * @throws EvidenceError `no_account` if the credential is missing
 */
export async function findCredential<T>(
  secret: CachedSecret,
  find: (value: unknown) => T | undefined,
  missing: string,
): Promise<T> {
  const found = find(await secret.current()) ?? find(await secret.refreshed());
  if (found !== undefined) return found;
  throw new EvidenceError('no_account', missing);
}
