import type { CallbackSecret } from './callback-secret.ts';

/**
 * Returns the block for ID360's request "create a user folder" (developer guide, 2). The letters in `on` come from the
 * guide's example. Their meaning is not public, and our receiver reads only `status`.
 * @returns null if the provider sends no secret header
 */
export function callbackEndpointsBlock(url: string, { header }: CallbackSecret) {
  if (header === null) return null;
  return { callback_endpoints: [{ url, on: ['E', 'F', 'C'], headers: [header] }] };
}
