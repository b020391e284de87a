import { addRepeatLookup } from './repeat-limit.ts';
import type { Schedule } from './schedule.ts';

/**
 * If a requested comparison does not start within this time, its job may be lost. Then a repeated hint requests another
 * comparison.
 */
const lostAfterMs = 3600 * 1000;

/**
 * Checks whether a comparison is requested but not started. A pending comparison serves all repetitions of a hint until
 * it starts. So a burst of repetitions costs no writes and no calls.
 *
 * @param at ISO 8601 instant
 */
export function isComparisonPending({ comparisonRequestedAt }: Schedule, at: string): boolean {
  return comparisonRequestedAt !== null && Date.parse(at) - Date.parse(comparisonRequestedAt) < lostAfterMs;
}

/**
 * Makes a comparison pending: the comparison of a new job, or again that of a job that must retry. The next try of a job
 * serves the repetitions that arrived meanwhile.
 *
 * @param requestedAt when the job was requested, ISO 8601 instant
 */
export function requestComparison(schedule: Schedule, requestedAt: string): Schedule {
  return { ...schedule, comparisonRequestedAt: requestedAt };
}

/**
 * Starts a comparison. From now on, a repeated hint requests another comparison, because the provider's result may be
 * older than the hint.
 *
 * @param requestedAt when the job was requested, ISO 8601 instant
 * @param at ISO 8601 instant
 * @returns null if the comparison of another job is pending, because that comparison serves both jobs
 */
export function startComparison(schedule: Schedule, requestedAt: string, at: string): Schedule | null {
  const isOwn = schedule.comparisonRequestedAt === requestedAt;
  if (!isOwn && isComparisonPending(schedule, at)) return null;
  const started = { ...schedule, repeatLookups: addRepeatLookup(schedule, at) };
  return isOwn ? { ...started, comparisonRequestedAt: null } : started;
}
