import type { Reason } from '../../contract/state.ts';
import type { Verification } from '../verification.ts';
import { type ListLimit, truncateList } from './truncate-list.ts';

/**
 * The limits for a list of reasons. Real results have about four reasons. The bytes are enough for 200 of ID360's
 * longest codes.
 */
const maxReasons: ListLimit = { count: 200, bytes: 32 * 1024 };

/**
 * Limits the reasons of a state, because the row, each event and some jobs contain them. `reasonsOmitted` counts the
 * reasons that are cut off. The raw body or the archive contains all reasons.
 */
export function truncateReasons(
  reasons: readonly Reason[],
): Pick<Verification, 'reasons' | 'reasonsOmitted'> {
  const { kept, omitted } = truncateList(reasons, maxReasons);
  return omitted === 0 ? { reasons: kept } : { reasons: kept, reasonsOmitted: omitted };
}
