import type { CallbackSecret } from './callback-secret.ts';

/**
 * The block that ID360's "create a user folder" takes (developer guide, 2). The letters of `on` are the guide's
 * own example: what they mean is not public, and we read `status` alone.
 */
export function callbackEndpoints(url: string, { header }: CallbackSecret) {
  if (header === null) return null;
  return { callback_endpoints: [{ url, on: ['E', 'F', 'C'], headers: [header] }] };
}
