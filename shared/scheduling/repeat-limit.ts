import { instant } from '../parsing/instant.ts';
import type { Schedule } from './schedule.ts';

/** Anybody who knows a signed URL can repeat a hint without end. Repetitions make us ask the provider only this often. */
const maxLookups = 2;
const withinMs = 60_000;

/** More than the number of hints that one session can have at the URLs that know it. */
const maxFailedHints = 32;

/** Remembers one more hint whose evidence could not be fetched. */
export function addFailedHint({ failedHints }: Pick<Schedule, 'failedHints'>, added: string): string[] {
  return [...failedHints.filter((each) => each !== added), added].slice(-maxFailedHints);
}

/** Remembers one more lookup. @param at ISO 8601 instant */
export function addRepeatLookup({ repeatLookups }: Pick<Schedule, 'repeatLookups'>, at: string): string[] {
  return [...repeatLookups, at].slice(-maxLookups);
}

/**
 * Says when the next lookup may start that a repeated hint requests. A lookup that has to wait still comes after its
 * hint, and serves all repetitions until then: none is lost.
 *
 * @param at ISO 8601 instant
 * @returns ISO 8601 instant; null if the lookup may start at once
 */
export function earliestRepeat(
  { repeatLookups }: Pick<Schedule, 'repeatLookups'>,
  at: string,
): string | null {
  const [oldest] = repeatLookups;
  if (oldest === undefined || repeatLookups.length < maxLookups) return null;
  const earliest = Date.parse(oldest) + withinMs;
  return earliest > Date.parse(at) ? instant(new Date(earliest)) : null;
}
