import * as z from 'zod';

const files = z.array(z.looseObject({ url: z.string() }));
const documents = z.array(z.looseObject({ name: z.string(), files }));

/**
 * The report of an ID360 enrollment. The schema checks only what the simulator needs, so a test can also store reports
 * that the fetcher does not understand.
 */
const reportSchema = z.looseObject({
  id: z.union([z.int(), z.string().min(1)]),
  status: z.string(),
  documents: z.record(z.string(), documents).optional(),
});

export type Id360ReportJson = z.infer<typeof reportSchema>;

/** Returns true if the value is an ID360 report. Does not return a parsed copy, because its keys have another order. */
export function isId360ReportJson(value: unknown): value is Id360ReportJson {
  return reportSchema.safeParse(value).success;
}
