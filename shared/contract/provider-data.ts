import * as z from 'zod/mini';

/**
 * The schema for facts under a provider's own names. It is no `z.record`, because that drops a member with the name
 * `__proto__`, and a provider may use any name.
 */
export const ProviderData = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'not an object',
);
