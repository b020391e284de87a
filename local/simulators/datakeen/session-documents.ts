import { documentControls } from './controls.ts';
import { personIdOf } from './derived-ids.ts';
import { type DocumentKind, type IdentityKind, identityDocument, isIdentityKind } from './document-kinds.ts';
import { extractedInformation } from './extracted-information.ts';
import type { SessionOptions } from './session-options.ts';
import type { Person } from './specimen.ts';

export function sessionDocument(kind: DocumentKind, person: Person, options: SessionOptions) {
  return isIdentityKind(kind) ? recognised(kind, person, options) : other();
}

function recognised(kind: IdentityKind, person: Person, options: SessionOptions) {
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

/** Has no `controls` at all, and its page no type. */
function other() {
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
