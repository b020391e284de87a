import * as z from 'zod/mini';

/**
 * A provider's name: lower-case letters and digits. Verification ids begin with it, and S3 keys and function names
 * contain it. The schema does not list the names, so that a new provider does not change it.
 */
export const ProviderName = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9]{0,31}$/), z.meta({ examples: ['idnow', 'id360', 'datakeen'] }));
export type ProviderName = z.infer<typeof ProviderName>;
