import type { Secret } from '../../platform/secrets.ts';
import { EvidenceError } from '../evidence-error.ts';

/**
 * Finds what we present to a provider in the secret of its API; one that is missing may have been filled in just
 * now, so the secret is read again.
 *
 * @param find looks into the secret's JSON, unchecked
 * @param missing what the error says: which entry of which secret is lacking
 * @throws EvidenceError `no_account`
 */
export async function findCredential<T>(
  secret: Secret,
  find: (value: unknown) => T | undefined,
  missing: string,
): Promise<T> {
  const found = find(await secret.current()) ?? find(await secret.refreshed());
  if (found !== undefined) return found;
  throw new EvidenceError('no_account', missing);
}
