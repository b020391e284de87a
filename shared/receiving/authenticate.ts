import type { Guard, RequestRefusal } from '../contract/webhook-authentication.ts';
import type { WebhookRequest } from '../contract/webhook-request.ts';
import type { Secret } from '../platform/secrets.ts';

/**
 * Accepts a request (null) or refuses it. If the credential does not match, the secret is read again and compared once
 * more: it may have been rotated within the 5 minutes of the cache.
 *
 * @param compileGuard compiles the guard from the secret's JSON
 */
export async function authenticate(
  compileGuard: (secret: unknown) => Guard,
  secret: Secret,
  request: WebhookRequest,
): Promise<RequestRefusal | null> {
  const refusal = compileGuard(await secret.current())(request);
  if (refusal === null || refusal.status !== 401) return refusal;
  const refreshed = await secret.refreshed();
  return refreshed === undefined ? refusal : compileGuard(refreshed)(request);
}
