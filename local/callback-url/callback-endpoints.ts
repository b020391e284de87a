import type { CallbackSecret } from './callback-secret.ts';

/**
 * Builds the JSON for ID360's request "create a user folder" (developer guide, 2): the callback URL and the secret
 * header. The letters in the member `on` are those of the guide's example. The guide does not explain these letters,
 * and our receiver does not need them.
 * @returns null if the provider sends no secret header
 */
export function buildId360CallbackEndpoints(url: string, { header }: CallbackSecret) {
  if (header === null) return null;
  return { callback_endpoints: [{ url, on: ['E', 'F', 'C'], headers: [header] }] };
}
