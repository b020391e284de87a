import { makeReasonMeaning, type ReasonMeaning } from '../../parsing/reasons.ts';

/**
 * The reason that we report for each failed control. The names of the controls are from Datakeen's sample (its page on
 * IDify sessions). Each kind of document has other controls, and Datakeen may add more.
 */
export const reasonByFailedControl = {
  globalStatus: makeReasonMeaning('document_not_valid', 'other'),
  dateValidity: makeReasonMeaning('document_expired', 'document_expired'),
  // The control `dateValidityDelivery` checks whether a document's date of issue fits the document's other data.
  dateValidityDelivery: makeReasonMeaning('issue_date_not_valid', 'document_fraud'),
  mrzValidity: makeReasonMeaning('mrz_not_valid', 'document_fraud'),
  // The control `mrzConformity` compares the machine-readable zone with the printed text.
  mrzConformity: makeReasonMeaning('mrz_not_conform', 'document_fraud'),
  matchFirstName: makeReasonMeaning('first_name_mismatch', 'data_mismatch'),
  matchLastName: makeReasonMeaning('last_name_mismatch', 'data_mismatch'),
  matchFullName: makeReasonMeaning('full_name_mismatch', 'data_mismatch'),
  matchNameInAllDocuments: makeReasonMeaning('name_differs_between_documents', 'data_mismatch'),
  photoIsPresent: makeReasonMeaning('photo_missing', 'security_features'),
  initialsIsPresent: makeReasonMeaning('initials_missing', 'security_features'),
  rfSymbolIsPresent: makeReasonMeaning('rf_symbol_missing', 'security_features'),
  stampIsPresent: makeReasonMeaning('stamp_missing', 'security_features'),
  waveIsPresent: makeReasonMeaning('wave_missing', 'security_features'),
} as const satisfies Record<string, ReasonMeaning>;

/**
 * The controls that do not explain an outcome by themselves. The card in Datakeen's sample passes, although its control
 * `rfSymbolIsPresent` is false.
 */
export const controlsThatMayFail: ReadonlySet<string> = new Set(['rfSymbolIsPresent']);
