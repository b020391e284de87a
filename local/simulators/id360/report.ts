import * as z from 'zod';

const files = z.array(z.looseObject({ url: z.string() }));
const documents = z.array(z.looseObject({ name: z.string(), files }));

/**
 * The JSON report of an enrollment. Only what the simulator itself needs is checked, so that a test can
 * also put reports that no receiver understands.
 */
const reportSchema = z.looseObject({
  id: z.union([z.int(), z.string().min(1)]),
  status: z.string(),
  documents: z.record(z.string(), documents).optional(),
});

export type Report = z.infer<typeof reportSchema>;

/** A check instead of a parse: parsing would bring the keys into another order than the sender's. */
export function isReport(value: unknown): value is Report {
  return reportSchema.safeParse(value).success;
}
