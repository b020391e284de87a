import type { Reason } from '../../contract/state.ts';
import type { Verification } from '../verification.ts';
import { type Bound, boundList } from './bound-list.ts';

/** Some fifty times what a result has. 200 of ID360's longest codes fit. */
const maxReasons: Bound = { count: 200, bytes: 32 * 1024 };

/**
 * Reasons are part of the state, which is in the row, in each event and in some jobs. What is cut off is counted; all
 * of them are in the raw body or the archive.
 */
export function boundReasons(reasons: readonly Reason[]): Pick<Verification, 'reasons' | 'reasonsOmitted'> {
  const { kept, omitted } = boundList(reasons, maxReasons);
  return omitted === 0 ? { reasons: kept } : { reasons: kept, reasonsOmitted: omitted };
}
