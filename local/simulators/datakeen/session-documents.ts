import { createDocumentControls } from './controls.ts';
import { computeDatakeenPersonId } from './derived-ids.ts';
import {
  type DatakeenDocumentKind,
  type IdentityDocumentKind,
  identityDocumentProperties,
  isIdentityDocumentKind,
} from './document-kinds.ts';
import { createDatakeenExtractedInformation } from './extracted-information.ts';
import type { DatakeenSessionOptions } from './session-options.ts';
import type { DatakeenPerson } from './specimen.ts';

export function createDatakeenDocument(
  kind: DatakeenDocumentKind,
  person: DatakeenPerson,
  options: DatakeenSessionOptions,
) {
  return isIdentityDocumentKind(kind) ? identityDocumentOf(kind, person, options) : unrecognizedDocument();
}

function identityDocumentOf(
  kind: IdentityDocumentKind,
  person: DatakeenPerson,
  options: DatakeenSessionOptions,
) {
  const { sessionId, failedControls = {}, globalStatus } = options;
  const { cardSide, cardType, origin, pages } = identityDocumentProperties(kind);
  return {
    cardSide,
    cardType,
    controls: createDocumentControls(kind, failedControls[kind], globalStatus),
    entities: [computeDatakeenPersonId(sessionId)],
    extractedInformation: createDatakeenExtractedInformation(kind, person),
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
