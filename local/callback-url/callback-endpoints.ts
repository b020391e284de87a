import type { CallbackSecret } from './callback-secret.ts';

/**
 * Returns the block for ID360's request "create a user folder" (developer guide, 2). The letters in `on` are
 * copied from the guide's example, which does not explain them. Our receiver does not need them.
 * @returns null if the provider sends no secret header
 */
export function buildCallbackEndpointsBlock(url: string, { header }: CallbackSecret) {
  if (header === null) return null;
  return { callback_endpoints: [{ url, on: ['E', 'F', 'C'], headers: [header] }] };
}
