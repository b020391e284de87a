import * as z from 'zod/mini';
import { Findings } from '../contract/identity.ts';

/** The findings of a verification in the bucket, because they are too large for an event. */
export const FindingsObject = z.object({
  bucket: z.string(),
  /** The S3 prefix of the objects: `unverified.json`, and `verified.json` if the findings had claims. */
  folder: z.string(),
  /** True if the claims are still vouched for, so `verified.json` counts. */
  isVerified: z.boolean(),
});
export type FindingsObject = z.infer<typeof FindingsObject>;

/** The findings of a verification, as its row stores them: in the row, or in the bucket. */
export const StoredFindings = z.object({
  /**
   * The age of the findings. From a statement or a hint: the sequence of its event. From a lookup or the evidence: the
   * sequence of the event that requested it. Findings with a lower number are older and do not replace these findings.
   */
  asOf: z.number(),
  /** The findings; empty if they are in the bucket. */
  inline: Findings,
  /** The place of the findings in the bucket; null if they are in the row. */
  object: z.nullable(FindingsObject),
});
export type StoredFindings = z.infer<typeof StoredFindings>;
