import * as z from 'zod';

/**
 * A provider's name: lower-case letters and digits. It is the part of a verification id before the colon, a part of
 * S3 keys and of function names. The list of names is open, so that a new provider changes no schema.
 */
export const ProviderName = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,31}$/)
  .meta({ examples: ['idnow', 'id360', 'datakeen'] });
export type ProviderName = z.infer<typeof ProviderName>;
