import * as z from 'zod';

/**
 * The entries of a list in a secret that are of the right shape. One that is not lets nobody in, but must not lock
 * out whoever has a good one.
 */
export function usableEntries<T>(entry: z.ZodType<T>): z.ZodType<T[]> {
  return z
    .array(z.unknown())
    .transform((entries) => entries.flatMap((each) => entry.safeParse(each).data ?? []));
}
