import type { Secret } from '../platform/secrets.ts';
import type { Refusal } from './guards/guard.ts';
import type { WebhookReader } from '../providers/provider.ts';
import type { WebhookRequest } from '../contract/webhook-request.ts';

/**
 * Lets a request in (null) or refuses it. A credential that does not match is held against the secret once
 * more after reading it again: it may have been rotated within the cache's 5 minutes.
 */
export async function authenticate(
  reader: WebhookReader,
  secret: Secret,
  request: WebhookRequest,
): Promise<Refusal | null> {
  const refusal = reader.guard(await secret.current())(request);
  if (refusal === null || refusal.status !== 401) return refusal;
  const refreshed = await secret.refreshed();
  return refreshed === undefined ? refusal : reader.guard(refreshed)(request);
}
