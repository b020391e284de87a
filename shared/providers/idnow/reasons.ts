import type { Reason } from '../../contract/state.ts';
import { mapReason, type ReasonMeaning } from '../../parsing/reasons.ts';
import { text } from '../../parsing/text.ts';
import { abortReasons, cancelReasons, fraudReasons } from './reason-table.ts';

const meanings: ReadonlyMap<string, ReasonMeaning> = new Map(
  Object.entries({ ...abortReasons, ...cancelReasons, ...fraudReasons }),
);

/**
 * The reason of an ident, if it has one. A code that we do not know has code and category `other`; no known one
 * has that code, which is what unknown ones are counted by.
 */
export function reasonsOf(providerCode: string | null | undefined): Reason[] {
  const given = text(providerCode);
  return given === null ? [] : [mapReason(meanings, given)];
}
