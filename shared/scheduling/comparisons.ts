import { addRepeatLookup } from './repeat-limit.ts';
import type { Schedule } from './schedule.ts';

/** A job that was requested longer ago than this may be lost. */
const lostAfterMs = 3600 * 1000;

/**
 * Whether a comparison is requested and has not started. It serves all repetitions of a hint until it starts, so that a
 * burst of repetitions costs neither writes nor calls.
 *
 * @param at ISO 8601 instant
 */
export function isComparisonPending({ comparisonRequestedAt }: Schedule, at: string): boolean {
  return comparisonRequestedAt !== null && Date.parse(at) - Date.parse(comparisonRequestedAt) < lostAfterMs;
}

/**
 * Starts a comparison. From now on, a repeated hint may be newer than the answer, and requests another comparison.
 *
 * @param requestedAt when the job was requested, ISO 8601 instant
 * @param at ISO 8601 instant
 * @returns null if the comparison of another job is pending: that one serves both
 */
export function startComparison(schedule: Schedule, requestedAt: string, at: string): Schedule | null {
  const isOwn = schedule.comparisonRequestedAt === requestedAt;
  if (!isOwn && isComparisonPending(schedule, at)) return null;
  const started = { ...schedule, repeatLookups: addRepeatLookup(schedule, at) };
  return isOwn ? { ...started, comparisonRequestedAt: null } : started;
}

/** Makes the comparison pending again: the job will retry, and serves the repetitions that arrived meanwhile. */
export function deferComparison(schedule: Schedule, requestedAt: string): Schedule {
  return { ...schedule, comparisonRequestedAt: requestedAt };
}
