import * as z from 'zod';

/** What scheduling remembers of a verification: its jobs, and how often the provider was asked. The row stores it unchanged. */
export const Schedule = z.object({
  /** What became of the evidence that the event with this sequence requested. */
  evidence: z.record(z.string(), z.enum(['pending', 'archived', 'failed'])),
  /** When the comparison was requested that has not started yet; null if there is none. ISO 8601 instant. */
  comparisonRequestedAt: z.string().nullable(),
  /** When repeated hints last made us ask the provider, oldest first. ISO 8601 instants. */
  repeatLookups: z.array(z.string()),
  /** Fingerprints of hints whose evidence could not be fetched. */
  failedHints: z.array(z.string()),
});
export type Schedule = z.infer<typeof Schedule>;

export const emptySchedule: Schedule = {
  evidence: {},
  comparisonRequestedAt: null,
  repeatLookups: [],
  failedHints: [],
};
