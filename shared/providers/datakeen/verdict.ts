import { isIdentityDocument } from './document-types.ts';
import type { DatakeenDocument } from './read-documents.ts';
import type { DatakeenResult } from './read-result.ts';

/**
 * Checks whether the section at a path can contain a failed control. If such a section is unreadable, the controls
 * cannot approve the session, because a failed control may be hidden.
 */
const isDecisive = (path: string) =>
  /^data\.job_status\.predictions(\[\d+\]\.results\.(documents(\[\d+\](\.controls)?)?|controls(\..*)?))?$/s.test(
    path,
  );

/** The control of a document that says whether the document passed. All controls across documents are decisive, too. */
export const decisiveControl = 'globalStatus';

/** Checks whether Datakeen says that a document passed. */
export const hasPassed = ({ controls }: Pick<DatakeenDocument, 'controls'>) =>
  controls.get(decisiveControl)?.value === true;

/**
 * Returns the verdict of a result's controls. We compute it, because version 1 of Datakeen's API returns no verdict.
 * Two kinds of controls count: `globalStatus` of each document that has controls, and all controls that compare
 * documents.
 *
 * - `approved`: all counted controls are true.
 * - `declined`: at least one counted control is false.
 *
 * @returns null if no counted control is false, but one of these is true:
 * - A counted control has no value, or is unreadable.
 * - No document has controls.
 * - No identity document has controls, and a document without controls may be an identity document.
 */
export function computeVerdictOfControls(result: DatakeenResult): 'approved' | 'declined' | null {
  const controlled = result.documents.filter(isControlled);
  const decisive = [
    ...controlled.map(({ controls }) => controls.get(decisiveControl)?.value),
    ...result.crossControls.flatMap((controls) => [...controls.values()].map(({ value }) => value)),
  ];
  if (decisive.includes(false)) return 'declined';
  const readable = !result.unreadable.some(isDecisive);
  const passed = decisive.every((value) => value === true);
  return hasControlledIdentity(result.documents) && readable && passed ? 'approved' : null;
}

const isControlled = ({ controls }: DatakeenDocument) => controls.size > 0;

/**
 * Checks whether the controls cover the identity document. If only a bill has controls, a genuine bill proves nothing
 * about another document, which may be an identity card.
 */
function hasControlledIdentity(documents: readonly DatakeenDocument[]): boolean {
  const controlled = documents.filter(isControlled);
  return (
    controlled.some(({ type }) => isIdentityDocument(type)) ||
    (controlled.length > 0 && documents.every((each) => isControlled(each) || isOther(each)))
  );
}

/**
 * Checks for `other`, Datakeen's type for documents of no special kind. A type that is unknown to us does not count as
 * `other`, because it may be an identity document.
 */
const isOther = ({ type }: DatakeenDocument) => type?.trim().toLowerCase() === 'other';
