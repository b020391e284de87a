import * as z from 'zod/mini';

/** The jobs and the latest lookups of a verification. The row of the verification stores this object unchanged. */
export const JobSchedule = z.object({
  /** The status of each requested evidence. The key is the sequence of the event that requested the evidence. */
  evidence: z.record(z.string(), z.enum(['pending', 'archived', 'failed'])),
  /** When the pending comparison was requested, as an ISO 8601 instant; null if no comparison is pending. */
  comparisonRequestedAt: z.nullable(z.string()),
  /** The times of the latest lookups that repeated hints requested, oldest first. ISO 8601 instants. */
  repeatLookups: z.array(z.string()),
  /** The fingerprints of hints whose jobs failed. */
  failedHints: z.array(z.string()),
});
export type JobSchedule = z.infer<typeof JobSchedule>;

export const emptyJobSchedule: JobSchedule = {
  evidence: {},
  comparisonRequestedAt: null,
  repeatLookups: [],
  failedHints: [],
};
