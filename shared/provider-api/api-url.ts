import * as z from 'zod/mini';

/**
 * The schema for the base URL of a provider's API. It requires the scheme http or https. Without this rule,
 * `localhost:9001` would pass as a URL with the scheme `localhost`.
 */
export const ApiUrl = z.url({
  protocol: /^https?$/,
  error: 'is not a URL that begins with http:// or https://',
});

/** Returns the base URL with exactly one slash at its end, so that a path can be appended. */
export function withTrailingSlash(apiUrl: string): string {
  return `${apiUrl.replace(/\/+$/, '')}/`;
}
