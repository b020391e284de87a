import type { EvidenceState } from '../contract/verification-event.ts';

/** The archive of a job, or the part of it that a job which was given up has archived. */
export type ArchiveOfJob = Pick<
  EvidenceState,
  'bucket' | 'manifest' | 'manifestSha256' | 'artifacts' | 'missing' | 'omitted'
>;

/** The end of a job, as the state of the evidence needs it. */
export interface EvidenceOfJob {
  readonly kind: 'archived' | 'failed';
  /** The sequence of the event that requested the job. */
  readonly requestedBy: number;
  readonly archive: ArchiveOfJob;
  /** The reason why the job failed; null if it did not fail. */
  readonly reason: string | null;
}

const noArchive: ArchiveOfJob = {
  bucket: null,
  manifest: null,
  manifestSha256: null,
  artifacts: [],
  missing: [],
};

/**
 * Returns the state of the evidence after a request. The earlier archive stays until the new one is complete.
 *
 * @param requestedBy the sequence of the event that requests the evidence
 */
export function markEvidenceRequested(before: EvidenceState | null, requestedBy: number): EvidenceState {
  return { ...(before ?? noArchive), status: 'pending', requestedBy, reason: null };
}

/**
 * Returns the state of the evidence after the end of a job. While a later request is open, the evidence stays `pending`: a
 * consumer must not take an earlier archive for that of the latest decision.
 *
 * ```
 *                          status, requestedBy, reason      archive
 * ----------------------   ------------------------------   ------------------------------------------
 * the newest request       those of the job                 the job's if it is complete or none was
 * an earlier request       as before                        the job's if it is complete and none newer was
 * ```
 *
 * @param lastArchived the highest sequence whose evidence was archived before; null if none was
 */
export function computeEvidenceAfterJob(
  before: EvidenceState | null,
  job: EvidenceOfJob,
  lastArchived: number | null,
): EvidenceState {
  const { kind, requestedBy, archive, reason } = job;
  const isNewest = before === null || requestedBy >= before.requestedBy;
  const isArchived = before !== null && before.manifest !== null;
  const isNewestArchive = lastArchived === null || requestedBy > lastArchived;
  const replaces = kind === 'archived' ? isNewestArchive : isNewest && !isArchived;
  const { omitted, ...previous } = before ?? { ...noArchive, status: kind, requestedBy, reason };
  return {
    ...previous,
    ...(replaces ? archive : omitted === undefined ? {} : { omitted }),
    ...(isNewest ? { status: kind, requestedBy, reason } : {}),
  };
}
