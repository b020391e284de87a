import * as z from 'zod';

/**
 * Validates the base URL of a provider's API. The check of the protocol rejects `localhost:9001`, which is a valid URL
 * with the scheme `localhost`.
 */
export const ApiUrl = z.url({
  protocol: /^https?$/,
  error: 'is not a URL that begins with http:// or https://',
});

/** Returns the base URL with exactly one slash at its end, so that a path can be appended. */
export function withTrailingSlash(apiUrl: string): string {
  return `${apiUrl.replace(/\/+$/, '')}/`;
}
