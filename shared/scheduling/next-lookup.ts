import type { Phase } from '../contract/state.ts';

/**
 * The time after which a silent case is considered for the first time, in seconds. The provider's `LookupTimes` may begin
 * later: they decide whether the case is then looked up or left alone for longer.
 */
const firstLookupSeconds = 15 * 60;

/**
 * Computes the next lookup of a case after a transition: 15 minutes after it at the latest. An earlier time stays, because
 * each change of the time costs two writes to the index of open cases.
 *
 * @param before the next lookup before the transition, in seconds since 1970; null if there was none
 * @param receivedAt when the transition was received, as an ISO 8601 instant
 * @returns seconds since 1970; null for a completed case, which needs no lookup
 */
export function computeNextLookup(before: number | null, phase: Phase, receivedAt: string): number | null {
  if (phase === 'completed') return null;
  const latest = Math.floor(Date.parse(receivedAt) / 1000) + firstLookupSeconds;
  return Math.min(before ?? latest, latest);
}
