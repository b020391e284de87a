import { rememberLookupForRepeatedHint } from './repeat-limit.ts';
import type { JobSchedule } from './schedule.ts';

/**
 * If a requested comparison has not started after this time, its job may be lost. A repeated hint then requests another
 * comparison.
 */
const lostAfterMs = 3600 * 1000;

/**
 * Checks whether a comparison has been requested and has not started. The pending comparison covers all repetitions of
 * the hint until it starts. So a burst of repetitions costs no further writes or calls.
 *
 * @param at ISO 8601 instant
 */
export function isComparisonPending({ comparisonRequestedAt }: JobSchedule, at: string): boolean {
  return comparisonRequestedAt !== null && Date.parse(at) - Date.parse(comparisonRequestedAt) < lostAfterMs;
}

/**
 * Marks a comparison as pending: for a new job, or for a job that will be tried again. The next try of the job covers all
 * hints that are repeated before it starts.
 *
 * @param requestedAt when the job was requested, ISO 8601 instant
 */
export function markComparisonRequested(schedule: JobSchedule, requestedAt: string): JobSchedule {
  return { ...schedule, comparisonRequestedAt: requestedAt };
}

/**
 * Marks a comparison as started. From now on, a repeated hint requests another comparison, because the started comparison
 * may fetch a result from before that hint.
 *
 * @param requestedAt when the job was requested, ISO 8601 instant
 * @param at ISO 8601 instant
 * @returns null if the comparison of another job is pending: that comparison covers both jobs, so this job need not
 * compare
 */
export function markComparisonStarted(
  schedule: JobSchedule,
  requestedAt: string,
  at: string,
): JobSchedule | null {
  const isOwn = schedule.comparisonRequestedAt === requestedAt;
  if (!isOwn && isComparisonPending(schedule, at)) return null;
  const started = { ...schedule, repeatLookups: rememberLookupForRepeatedHint(schedule, at) };
  return isOwn ? { ...started, comparisonRequestedAt: null } : started;
}
