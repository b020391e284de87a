import { makeReasonMeaning, type ReasonMeaning } from '../../parsing/reasons.ts';

/**
 * The reason that we report for each of ID360's status codes (https://id360docaposte.com/fr/documentation/status-codes;
 * VLD_ID_INVALID is from ID360's guide to reports). ID360 may add codes. If a code does not say which check failed, its
 * category is `other`; the report names the check.
 */
export const id360ReasonByStatusCode = {
  ACCOUNT_MISSING_EMAIL: makeReasonMeaning('email_missing', 'contact'),
  MDL_RESPONSE_INVALID: makeReasonMeaning('model_response_invalid', 'technical'),
  // ID360 uses this code if the score of an AI model is too low: for the face, liveness, the identity document or
  // another document.
  MDL_CHALLENGE_NOT_MET: makeReasonMeaning('challenge_not_met', 'other'),
  // A file is corrupt, or ID360 could not read any data from it.
  MDL_INPUT_INVALID: makeReasonMeaning('input_unreadable', 'document_quality'),
  // Examples of this code: a document does not contain the name, or a proof of address is older than three months.
  VLD_DOCUMENT_INVALID: makeReasonMeaning('document_invalid', 'other'),
  // The code means that the data of a document contradicts itself, or contradicts the data of another document.
  VLD_VALIDATION_KO: makeReasonMeaning('data_inconsistent', 'data_mismatch'),
  // The identity document is expired, or its format is unknown. Only ID360's message beside the code says which of the
  // two.
  VLD_ID_INVALID: makeReasonMeaning('identity_document_invalid', 'other'),
  VLD_SYNTAX_ERROR: makeReasonMeaning('validation_syntax_error', 'technical'),
  VLD_SCRIPT_ERROR: makeReasonMeaning('validation_script_error', 'technical'),
  // EIM: electronic identification means, such as FranceConnect+ or a PVID provider.
  EIM_WRONG_CREDENTIAL: makeReasonMeaning('identification_means_credential_wrong', 'technical'),
  EIM_WRONG_REQUEST: makeReasonMeaning('identification_means_request_wrong', 'technical'),
  EIM_SECURITY_FAILED: makeReasonMeaning('identification_means_security_failed', 'technical'),
  EIM_RESPONSE_KO: makeReasonMeaning('identification_means_declined', 'other'),
  EIM_TIMEOUT: makeReasonMeaning('identification_means_timeout', 'timeout'),
  ERL_TIMEOUT: makeReasonMeaning('enrollment_timeout', 'timeout'),
  ERL_DELETE: makeReasonMeaning('enrollment_deleted', 'other'),
  SEC_DATA_INJECTION: makeReasonMeaning('data_injection', 'fraud'),
  SVC_RESPONSE_INVALID: makeReasonMeaning('service_response_invalid', 'technical'),
  COV_FAILED: makeReasonMeaning('process_constraints_failed', 'other'),
  UNKNOWN_ERROR: makeReasonMeaning('unknown_error', 'technical'),
} as const satisfies Record<string, ReasonMeaning>;
