import { type ReasonMeaning, reason } from '../../parsing/reasons.ts';

/**
 * The reason that we report for each failed control. The names of the controls are from Datakeen's sample (its page on
 * IDify sessions). Each kind of document has other controls, and Datakeen may add more.
 */
export const controlMeanings = {
  globalStatus: reason('document_not_valid', 'other'),
  dateValidity: reason('document_expired', 'document_expired'),
  // The control `dateValidityDelivery` checks whether a document's date of issue fits the document's other data.
  dateValidityDelivery: reason('issue_date_not_valid', 'document_fraud'),
  mrzValidity: reason('mrz_not_valid', 'document_fraud'),
  // The control `mrzConformity` compares the machine-readable zone with the printed text.
  mrzConformity: reason('mrz_not_conform', 'document_fraud'),
  matchFirstName: reason('first_name_mismatch', 'data_mismatch'),
  matchLastName: reason('last_name_mismatch', 'data_mismatch'),
  matchFullName: reason('full_name_mismatch', 'data_mismatch'),
  matchNameInAllDocuments: reason('name_differs_between_documents', 'data_mismatch'),
  photoIsPresent: reason('photo_missing', 'security_features'),
  initialsIsPresent: reason('initials_missing', 'security_features'),
  rfSymbolIsPresent: reason('rf_symbol_missing', 'security_features'),
  stampIsPresent: reason('stamp_missing', 'security_features'),
  waveIsPresent: reason('wave_missing', 'security_features'),
} as const satisfies Record<string, ReasonMeaning>;
