import { formatInstant } from '../parsing/instant.ts';
import type { JobSchedule } from './schedule.ts';

/**
 * Repeated hints cause at most 2 lookups per minute, because anybody who knows a signed URL can repeat a hint without
 * end.
 */
const maxLookups = 2;
const withinMs = 60_000;

/**
 * The number of failed hints that we remember per case. It is more than the number of different hints that one Datakeen
 * session can send to all of its signed URLs.
 */
const maxFailedHints = 32;

/** Adds the fingerprint of a hint whose job failed. */
export function rememberFailedHint(
  { failedHints }: Pick<JobSchedule, 'failedHints'>,
  added: string,
): string[] {
  return [...failedHints.filter((each) => each !== added), added].slice(-maxFailedHints);
}

/**
 * Adds the time of a lookup that a repeated hint requested.
 *
 * @param at ISO 8601 instant
 */
export function rememberLookupForRepeatedHint(
  { repeatLookups }: Pick<JobSchedule, 'repeatLookups'>,
  at: string,
): string[] {
  return [...repeatLookups, at].slice(-maxLookups);
}

/**
 * Returns the earliest start of the next lookup for a repeated hint. No repetition is lost, because the waiting lookup
 * covers all repetitions that arrive before it starts.
 *
 * @param at ISO 8601 instant
 * @returns ISO 8601 instant; null if the lookup may start at once
 */
export function computeEarliestLookupStart(
  { repeatLookups }: Pick<JobSchedule, 'repeatLookups'>,
  at: string,
): string | null {
  const [oldest] = repeatLookups;
  if (oldest === undefined || repeatLookups.length < maxLookups) return null;
  const earliest = Date.parse(oldest) + withinMs;
  return earliest > Date.parse(at) ? formatInstant(new Date(earliest)) : null;
}
