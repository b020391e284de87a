import * as z from 'zod';

/** The throughput that a table can serve at once. DynamoDB's smallest values are those of a new on-demand table. */
const Throughput = z.strictObject({
  readUnitsPerSecond: z.number().int().min(12_000).default(12_000),
  writeUnitsPerSecond: z.number().int().min(4_000),
});

/**
 * Warm throughput of the tables. A new on-demand table serves 4,000 writes a second, and doubles within minutes if the
 * traffic grows. Set a higher value before a day with more traffic. AWS charges it once, and it cannot be decreased.
 */
export const WarmThroughput = z.strictObject({
  verifications: Throughput.optional(),
  history: Throughput.optional(),
});
export type WarmThroughput = z.infer<typeof WarmThroughput>;
