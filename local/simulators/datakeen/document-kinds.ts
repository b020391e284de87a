interface KindOfDocument {
  cardSide: string;
  cardType: string;
  /** Names of the controls, in the order of the alphabet as the provider has them. */
  controls: readonly string[];
  origin: string;
  /** The type of each page. */
  pages: readonly string[];
}

const names = ['matchFirstName', 'matchFullName', 'matchLastName'];
const mrz = ['mrzConformity', 'mrzValidity'];

/**
 * Documents on which there is something to control. The card is the sample's; of a passport none is printed,
 * so that it has those of the card's controls that fit, and texts of our own.
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
} as const satisfies Record<string, KindOfDocument>;

export type IdentityKind = keyof typeof identityDocuments;

/** `other` is whatever the provider does not recognise, a selfie or a screenshot for example. */
export type DocumentKind = IdentityKind | 'other';

export function isIdentityKind(kind: DocumentKind): kind is IdentityKind {
  return kind !== 'other';
}

/** What a kind of document looks like, without the literal types above. */
export function identityDocument(kind: IdentityKind): KindOfDocument {
  return identityDocuments[kind];
}
