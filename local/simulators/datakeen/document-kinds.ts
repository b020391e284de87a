interface IdentityDocument {
  cardSide: string;
  cardType: string;
  /** The names of the controls, in alphabetical order, as in Datakeen's sample. */
  controls: readonly string[];
  origin: string;
  /** The types of the pages. */
  pages: readonly string[];
}

const names = ['matchFirstName', 'matchFullName', 'matchLastName'];
const mrz = ['mrzConformity', 'mrzValidity'];

/**
 * The documents that have controls. The id card is from Datakeen's sample. The sample has no passport, so the passport
 * has the controls of the card that also fit a passport, and texts of our own.
 */
const identityDocuments = {
  'id-card': {
    cardSide: 'front-back',
    cardType: 'national_id_card_fr_2003',
    controls: [
      'dateValidity',
      'dateValidityDelivery',
      'globalStatus',
      'initialsIsPresent',
      ...names,
      ...mrz,
      'photoIsPresent',
      'rfSymbolIsPresent',
      'stampIsPresent',
      'waveIsPresent',
    ],
    origin: 'CNI.pdf',
    pages: ['national-id-card-fr-recto', 'national-id-card-fr-verso'],
  },
  passport: {
    cardSide: 'front',
    cardType: 'passport_fr',
    controls: ['dateValidity', 'dateValidityDelivery', 'globalStatus', ...names, ...mrz, 'photoIsPresent'],
    origin: 'Passeport.pdf',
    pages: ['passport-fr'],
  },
} as const satisfies Record<string, IdentityDocument>;

export type IdentityKind = keyof typeof identityDocuments;

/** `other` is a document that Datakeen does not recognize, for example a selfie or a screenshot. */
export type DocumentKind = IdentityKind | 'other';

export function isIdentityKind(kind: DocumentKind): kind is IdentityKind {
  return kind !== 'other';
}

/** Returns the properties of a kind of document, with the general type instead of the literal types above. */
export function identityDocument(kind: IdentityKind): IdentityDocument {
  return identityDocuments[kind];
}
