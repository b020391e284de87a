import { compileLeafTable, type LeavesWithoutField } from '../../parsing/account-for-leaves.ts';
import { maxEntriesPerSection } from '../../parsing/read-section.ts';
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
  return { providerData, unreadable: [...cut, ...limitNames(unreadable)] };
}

/**
 * Returns at most 200 paths, and the names of the sections that contain the others. Without a limit, an ident of many
 * short leaves would become many long names.
 */
function limitNames(paths: readonly string[]): readonly string[] {
  if (paths.length <= maxEntriesPerSection) return paths;
  const sections = paths.slice(maxEntriesPerSection).map((path) => path.replace(/[.[].*$/s, ''));
  return [...paths.slice(0, maxEntriesPerSection), ...new Set(sections)];
}
