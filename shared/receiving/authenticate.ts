import type { AuthenticationFailure, Guard } from '../contract/webhook-authentication.ts';
import type { WebhookRequest } from '../contract/webhook-request.ts';
import type { CachedSecret } from '../platform/secrets.ts';

/**
 * Checks the sender of a request. If the credential does not match, this function reads the secret again and compares once
 * more, because the cached secret may be up to 5 minutes old and rotated since.
 *
 * @param compileGuard compiles the guard from the JSON of the secret
 * @returns null if the request is accepted
 */
export async function authenticateRequest(
  compileGuard: (secret: unknown) => Guard,
  secret: CachedSecret,
  request: WebhookRequest,
): Promise<AuthenticationFailure | null> {
  const refusal = compileGuard(await secret.current())(request);
  if (refusal === null || refusal.status !== 401) return refusal;
  const refreshed = await secret.refreshed();
  return refreshed === undefined ? refusal : compileGuard(refreshed)(request);
}
