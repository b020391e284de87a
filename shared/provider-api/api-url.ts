import * as z from 'zod';

/** Where a provider's API is. `localhost:9001` would parse as a URL too, of the scheme `localhost`. */
export const ApiUrl = z.url({
  protocol: /^https?$/,
  error: 'is not a URL that begins with http:// or https://',
});
