import type { Phase } from '../contract/state.ts';
import type { JobSchedule } from './schedule.ts';

/**
 * The time after which a silent case is considered for the first time, in seconds. The provider's `LookupTimes` may begin
 * later: they decide whether the case is then looked up or left alone for longer.
 */
const firstLookupSeconds = 15 * 60;

/**
 * Schedules the next lookup of an open case after a transition: 15 minutes after it at the latest. An earlier time stays,
 * because each change of the time costs two writes to the index of open cases. A completed case needs no lookup.
 *
 * @param receivedAt when the transition was received, as an ISO 8601 instant
 */
export function scheduleNextLookup(schedule: JobSchedule, phase: Phase, receivedAt: string): JobSchedule {
  if (phase === 'completed') return { ...schedule, nextLookupAt: null };
  const latest = new Date(Date.parse(receivedAt) + firstLookupSeconds * 1000).toISOString();
  const { nextLookupAt } = schedule;
  return {
    ...schedule,
    nextLookupAt: nextLookupAt !== null && nextLookupAt < latest ? nextLookupAt : latest,
  };
}
