import type { Reason, ReasonCategory } from '../../contract/state.ts';
import { text } from './field.ts';
import { abortReasons, cancelReasons, fraudReasons } from './reason-table.ts';

const meanings: ReadonlyMap<string, { readonly code: string; readonly category: ReasonCategory }> = new Map(
  Object.entries({ ...abortReasons, ...cancelReasons, ...fraudReasons }),
);

/** The reason of an ident, if it has one; a code that we do not know is of category `other`. */
export function reasonsOf(providerCode: string | null | undefined): Reason[] {
  const given = text(providerCode);
  if (given === null) return [];
  const { code, category } = meanings.get(key(given)) ?? { code: 'other', category: 'other' };
  return [{ code, category, providerCode: given }];
}

/** Whether the table has this reason; the receiver counts the ones that it lacks. */
export function isKnownReason(providerCode: string): boolean {
  return meanings.has(key(providerCode));
}

function key(providerCode: string): string {
  return providerCode.trim().toUpperCase();
}
