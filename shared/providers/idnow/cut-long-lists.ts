import { maxEntriesPerSection } from '../../parsing/read-section.ts';
import { membersOf } from './members-of.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * Cuts the lists of which each entry becomes a part of `documents` to 200 entries. The limit is about ten times the entries
 * of a real list. It is necessary, because an entry of four bytes becomes an object: the letter of a license class.
 *
 * @returns the ident, and the paths of the lists that were cut
 */
export function cutLongLists(ident: Members): { readonly ident: Members; readonly cut: readonly string[] } {
  const cut: string[] = [];
  const withShortList = (members: Members, key: string, path: string): Members => {
    const list = members[key];
    if (!Array.isArray(list) || list.length <= maxEntriesPerSection) return members;
    cut.push(path);
    return { ...members, [key]: list.slice(0, maxEntriesPerSection) };
  };
  const withShortLists = (members: Members, section: string): Members => {
    const before = membersOf(members[section]);
    const after = ['driverlicenses', 'driverlicenseclasses'].reduce(
      (document, key) => withShortList(document, key, `${section}.${key}`),
      before,
    );
    return after === before ? members : { ...members, [section]: after };
  };
  const documents = ['identificationdocument', 'identificationdocument2'].reduce(withShortLists, ident);
  return { ident: withShortList(documents, 'additionaldocuments', 'additionaldocuments'), cut };
}
