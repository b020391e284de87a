import { as, type ReasonMeaning } from '../../parsing/reason-meaning.ts';

/**
 * What it means that a control failed. The names are those of the sample in Datakeen's page on IDify sessions; they
 * differ per kind of document, and the set is open.
 */
export const controlMeanings = {
  globalStatus: as('document_not_valid', 'other'),
  dateValidity: as('document_expired', 'document_expired'),
  // Whether the day of issue fits the document.
  dateValidityDelivery: as('issue_date_not_valid', 'document_fraud'),
  mrzValidity: as('mrz_not_valid', 'document_fraud'),
  // What the machine-readable zone says, against what is printed.
  mrzConformity: as('mrz_not_conform', 'document_fraud'),
  matchFirstName: as('first_name_mismatch', 'data_mismatch'),
  matchLastName: as('last_name_mismatch', 'data_mismatch'),
  matchFullName: as('full_name_mismatch', 'data_mismatch'),
  matchNameInAllDocuments: as('name_differs_between_documents', 'data_mismatch'),
  photoIsPresent: as('photo_missing', 'security_features'),
  initialsIsPresent: as('initials_missing', 'security_features'),
  rfSymbolIsPresent: as('rf_symbol_missing', 'security_features'),
  stampIsPresent: as('stamp_missing', 'security_features'),
  waveIsPresent: as('wave_missing', 'security_features'),
} as const satisfies Record<string, ReasonMeaning>;
