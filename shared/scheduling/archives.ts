import type { EffectOfJobWithoutOutcome } from '../contract/evidence-job.ts';
import { rememberFailedHint, rememberLookupForRepeatedHint } from './repeat-limit.ts';
import type { JobSchedule } from './schedule.ts';

/** The number of jobs whose status we keep per verification. Older jobs are forgotten. */
const maxJobs = 128;

/**
 * Marks the evidence that an event requests as pending.
 *
 * @param sequence the sequence of the event
 */
export function markArchiveRequested(schedule: JobSchedule, sequence: number): JobSchedule {
  return { ...schedule, evidence: keepNewest({ ...schedule.evidence, [sequence]: 'pending' }) };
}

/** The end of a job with the purpose `archive`. */
export interface ArchiveJobEnd {
  /** The sequence of the event that requested the job. */
  readonly requestedBy: number;
  readonly kind: 'archived' | 'failed';
  readonly onNothing: EffectOfJobWithoutOutcome;
  /** When the job ended, as an ISO 8601 instant. */
  readonly at: string;
}

/**
 * Marks the end of a job that archives. If the job failed and the same delivery may come again, its fingerprint is stored
 * in `failedHints`. A repetition of that delivery then requests another lookup, but within the limit of
 * `repeat-limit.ts`.
 *
 * @returns null if nothing changes: this end is known, or the evidence is archived already. A failed job may still
 * succeed later, but an archived job never fails
 */
export function markArchiveFinished(schedule: JobSchedule, finished: ArchiveJobEnd): JobSchedule | null {
  const { requestedBy, kind, onNothing, at } = finished;
  const before = schedule.evidence[requestedBy];
  if (before === 'archived' || before === kind) return null;
  const evidence = keepNewest({ ...schedule.evidence, [requestedBy]: kind });
  if (kind === 'archived' || onNothing.kind === 'keep') return { ...schedule, evidence };
  return {
    ...schedule,
    evidence,
    repeatLookups: rememberLookupForRepeatedHint(schedule, at),
    failedHints: rememberFailedHint(schedule, onNothing.fingerprint),
  };
}

/**
 * The evidence that was requested last. Evidence that was requested earlier does not replace it, even if the earlier
 * evidence arrives later.
 */
export interface LastRequestedEvidence {
  /** The sequence of the event that requested the evidence; 0 if no event has requested evidence. */
  readonly sequence: number;
  readonly state: JobSchedule['evidence'][string] | null;
}

export function findLastRequestedEvidence({
  evidence,
}: Pick<JobSchedule, 'evidence'>): LastRequestedEvidence {
  const sequence = Math.max(0, ...Object.keys(evidence).map(Number));
  return { sequence, state: evidence[sequence] ?? null };
}

/**
 * Finds the last requested evidence that is archived.
 *
 * @returns the sequence of the event that requested it; null if no evidence is archived
 */
export function findLastArchivedEvidence({ evidence }: Pick<JobSchedule, 'evidence'>): number | null {
  const archived = Object.entries(evidence).filter(([, state]) => state === 'archived');
  return archived.length === 0 ? null : Math.max(...archived.map(([sequence]) => Number(sequence)));
}

/**
 * Keeps the entries with the highest sequences. They are the last entries, because JavaScript lists integer keys in
 * ascending order.
 */
function keepNewest(evidence: JobSchedule['evidence']): JobSchedule['evidence'] {
  return Object.fromEntries(Object.entries(evidence).slice(-maxJobs));
}
