import type { Guard, Refusal } from '../contract/webhook-authentication.ts';
import type { WebhookRequest } from '../contract/webhook-request.ts';
import type { Secret } from '../platform/secrets.ts';

/**
 * Accepts a request (null) or refuses it. If the credential does not match, the secret is read again and compared once
 * more: it may have been rotated within the 5 minutes of the cache.
 *
 * @param guardOf compiles the guard from the secret's JSON
 */
export async function authenticate(
  guardOf: (secret: unknown) => Guard,
  secret: Secret,
  request: WebhookRequest,
): Promise<Refusal | null> {
  const refusal = guardOf(await secret.current())(request);
  if (refusal === null || refusal.status !== 401) return refusal;
  const refreshed = await secret.refreshed();
  return refreshed === undefined ? refusal : guardOf(refreshed)(request);
}
