import type { Reason } from '../../contract/state.ts';
import { mapReason, type ReasonMeaning } from '../../parsing/reasons.ts';
import { nonBlank } from '../../parsing/text.ts';
import { abortReasons, cancelReasons, fraudReasons } from './reason-table.ts';

const meanings: ReadonlyMap<string, ReasonMeaning> = new Map(
  Object.entries({ ...abortReasons, ...cancelReasons, ...fraudReasons }),
);

/** Returns the reason of an ident, or an empty list if it has none. */
export function idnowReasons(providerCode: string | null | undefined): Reason[] {
  const given = nonBlank(providerCode);
  return given === null ? [] : [mapReason(meanings, given)];
}
