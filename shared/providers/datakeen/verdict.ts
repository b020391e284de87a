import { isIdentityDocument } from './document-types.ts';
import type { ReadDocument, ReadResult } from './read-result.ts';

/** Whether a result may look better than it is, because this of it could not be read. */
const isDecisive = (section: string) =>
  /^(predictions|documents|documents\.controls|controls(\..*)?)$/s.test(section);

/**
 * What the controls of a result say, as version 1 leaves it to its callers: approved where `globalStatus` of every
 * document and every control across documents is true, declined where one of them is false. A document without
 * controls does not count.
 *
 * @returns null where they do not say: nothing was controlled, or nothing but other documents beside what may be an
 * identity document; or a decisive control has no verdict or cannot be read
 */
export function verdictOf(result: ReadResult): 'approved' | 'declined' | null {
  const controlled = result.documents.filter(isControlled);
  const decisive = [
    ...controlled.map(({ controls }) => controls.get('globalStatus')?.value),
    ...result.crossControls.flatMap((controls) => [...controls.values()].map(({ value }) => value)),
  ];
  if (decisive.includes(false)) return 'declined';
  const readable = !result.unreadable.some(isDecisive);
  const passed = decisive.every((value) => value === true);
  return saysWho(result.documents) && readable && passed ? 'approved' : null;
}

const isControlled = ({ controls }: ReadDocument) => controls.size > 0;

/** A bill that is genuine says nothing of a document beside it that nobody has controlled, and that may be a card. */
function saysWho(documents: readonly ReadDocument[]): boolean {
  const controlled = documents.filter(isControlled);
  return (
    controlled.some(({ type }) => isIdentityDocument(type)) ||
    (controlled.length > 0 && documents.every((each) => isControlled(each) || isOther(each)))
  );
}

/** Datakeen's word for what has no kind. All other kinds are an open set. */
const isOther = ({ type }: ReadDocument) => type?.trim().toLowerCase() === 'other';
