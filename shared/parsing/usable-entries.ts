import * as z from 'zod/mini';

/**
 * Makes a schema for a list of credentials in a secret. The schema skips invalid entries, so that one invalid credential
 * does not disable the valid ones.
 */
export function createTolerantListSchema<T>(entry: z.core.$ZodType<T>): z.ZodMiniType<T[]> {
  return z.pipe(
    z.array(z.unknown()),
    z.transform((entries) => entries.flatMap((each) => z.safeParse(entry, each).data ?? [])),
  );
}
