import { compileLeafTable, type LeavesWithoutField } from '../../parsing/account-for-leaves.ts';
import { idnowLeafTable } from './leaf-table.ts';

const account = compileLeafTable(idnowLeafTable);

/**
 * Returns the leaves of an ident that no field of the event contains.
 *
 * @param cut the paths of lists from which entries were removed. They count as unreadable
 */
export function accountForIdent(
  ident: Readonly<Record<string, unknown>>,
  cut: readonly string[],
): LeavesWithoutField {
  const { providerData, unreadable } = account(ident);
  return { providerData, unreadable: [...cut, ...unreadable] };
}
