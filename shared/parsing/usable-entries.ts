import * as z from 'zod';

/**
 * Makes a schema for a list of credentials in a secret. The schema skips invalid entries, so that one invalid credential
 * does not disable the valid ones.
 */
export function createTolerantListSchema<T>(entry: z.ZodType<T>): z.ZodType<T[]> {
  return z
    .array(z.unknown())
    .transform((entries) => entries.flatMap((each) => entry.safeParse(each).data ?? []));
}
