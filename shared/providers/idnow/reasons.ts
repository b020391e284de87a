import type { Reason } from '../../contract/state.ts';
import { mapReasonCode, type ReasonMeaning } from '../../parsing/reasons.ts';
import { nullIfBlank } from '../../parsing/text.ts';
import { idnowAbortReasons, idnowCancelReasons, idnowFraudReasons } from './reason-table.ts';

const meanings: ReadonlyMap<string, ReasonMeaning> = new Map(
  Object.entries({ ...idnowAbortReasons, ...idnowCancelReasons, ...idnowFraudReasons }),
);

/** Returns the reason of an ident, or an empty list if it has none. */
export function mapIdnowReasonCode(providerCode: string | null | undefined): Reason[] {
  const given = nullIfBlank(providerCode);
  return given === null ? [] : [mapReasonCode(meanings, given)];
}
