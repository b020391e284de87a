interface IdentityDocument {
  cardSide: string;
  cardType: string;
  /** The names of the document's controls. They are in alphabetical order, as in Datakeen's sample. */
  controls: readonly string[];
  origin: string;
  /** Datakeen's type of each page, for example `passport-fr`. */
  pages: readonly string[];
}

const names = ['matchFirstName', 'matchFullName', 'matchLastName'];
const mrz = ['mrzConformity', 'mrzValidity'];

/**
 * The simulated identity documents. The id card is copied from Datakeen's sample. The sample has no passport, so the data
 * of the passport is our own guess.
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

export type IdentityDocumentKind = keyof typeof identityDocuments;

/** The kind of a document in a session. `other` is any document that Datakeen does not recognize, such as a selfie. */
export type DatakeenDocumentKind = IdentityDocumentKind | 'other';

export function isIdentityDocumentKind(kind: DatakeenDocumentKind): kind is IdentityDocumentKind {
  return kind !== 'other';
}

/** Returns the simulated properties of an id card or a passport: its pages, its controls and its file name. */
export function identityDocumentProperties(kind: IdentityDocumentKind): IdentityDocument {
  return identityDocuments[kind];
}
