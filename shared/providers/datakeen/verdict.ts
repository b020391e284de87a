import { isIdentityDocument } from './document-types.ts';
import type { ReadDocument, ReadResult } from './read-result.ts';

/** Checks whether a section can contain a failed control. If it is unreadable, the result may look better than it is. */
const isDecisive = (section: string) =>
  /^(predictions|documents|documents\.controls|controls(\..*)?)$/s.test(section);

/**
 * Returns the verdict of a result's controls. Version 1 of the API leaves the verdict to its callers. It is `approved` if
 * `globalStatus` of every document and every control across documents is true, and `declined` if one of them is false. A
 * document without controls does not count.
 *
 * @returns null if there is no verdict: a decisive control has no value or is unreadable, no document has controls, or
 * the only documents with controls are no identity documents while another document may be one
 */
export function controlsVerdict(result: ReadResult): 'approved' | 'declined' | null {
  const controlled = result.documents.filter(isControlled);
  const decisive = [
    ...controlled.map(({ controls }) => controls.get('globalStatus')?.value),
    ...result.crossControls.flatMap((controls) => [...controls.values()].map(({ value }) => value)),
  ];
  if (decisive.includes(false)) return 'declined';
  const readable = !result.unreadable.some(isDecisive);
  const passed = decisive.every((value) => value === true);
  return hasControlledIdentity(result.documents) && readable && passed ? 'approved' : null;
}

const isControlled = ({ controls }: ReadDocument) => controls.size > 0;

/**
 * Checks whether an identity document has controls. A genuine bill proves nothing about another document that has no
 * controls and may be an identity card.
 */
function hasControlledIdentity(documents: readonly ReadDocument[]): boolean {
  const controlled = documents.filter(isControlled);
  return (
    controlled.some(({ type }) => isIdentityDocument(type)) ||
    (controlled.length > 0 && documents.every((each) => isControlled(each) || isOther(each)))
  );
}

/** `other` is Datakeen's type for documents without a kind. A type that we do not know may be an identity document. */
const isOther = ({ type }: ReadDocument) => type?.trim().toLowerCase() === 'other';
