import * as z from 'zod';

/**
 * Makes a schema for a list in a secret. It skips invalid entries, so that an invalid credential does not disable the
 * valid ones beside it.
 */
export function usableEntries<T>(entry: z.ZodType<T>): z.ZodType<T[]> {
  return z
    .array(z.unknown())
    .transform((entries) => entries.flatMap((each) => entry.safeParse(each).data ?? []));
}
