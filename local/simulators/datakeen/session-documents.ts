import { documentControls } from './controls.ts';
import { personIdOf } from './derived-ids.ts';
import { type DocumentKind, type IdentityKind, identityDocument, isIdentityKind } from './document-kinds.ts';
import { extractedInformation } from './extracted-information.ts';
import type { SessionOptions } from './session-options.ts';
import type { DatakeenPerson } from './specimen.ts';

export function sessionDocument(kind: DocumentKind, person: DatakeenPerson, options: SessionOptions) {
  return isIdentityKind(kind) ? identityDocumentOf(kind, person, options) : unrecognizedDocument();
}

function identityDocumentOf(kind: IdentityKind, person: DatakeenPerson, options: SessionOptions) {
  const { sessionId, failedControls = {}, globalStatus } = options;
  const { cardSide, cardType, origin, pages } = identityDocument(kind);
  return {
    cardSide,
    cardType,
    controls: documentControls(kind, failedControls[kind], globalStatus),
    entities: [personIdOf(sessionId)],
    extractedInformation: extractedInformation(kind, person),
    origin,
    pages: pages.map((type, num) => ({ num, path: origin, type })),
    path: origin.replace('.', () => `_${person.firstName}-${person.lastName}.`.toLowerCase()),
    type: kind,
  };
}

/** Creates a document that Datakeen does not recognize. The document has no controls, and its page has no type. */
function unrecognizedDocument() {
  const origin = 'Screenshot 2026-11-22 at 10.14.58.png';
  return {
    entities: [],
    extractedInformation: {},
    origin,
    pages: [{ num: 0, path: origin, type: '' }],
    path: '',
    type: 'other',
  };
}
