import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { makeIdnowAddressClaim } from './address.ts';
import { getSubmittedFieldValue } from './field-values.ts';
import type { IdnowDocumentFields } from './read-document.ts';
import type { Ident } from './read-ident.ts';

/**
 * Returns the document data that our company had sent to IDnow, and that IDnow returns unverified. The names are
 * IDnow's. The data is separate from `documents`, because `documents` contains only documents that IDnow has checked.
 */
export function pickSubmittedDocumentFields(ident: Ident) {
  return omitEmptyFields({
    identificationdocument: submittedFields(ident.document.fields),
    identificationdocument2: submittedFields(ident.secondDocument.fields),
    additionaldocuments: ident.additionalDocuments
      .map(({ documentname, address }) => ({
        documentname,
        address: makeIdnowAddressClaim(address, getSubmittedFieldValue),
      }))
      .filter(({ address }) => Object.keys(address).length > 0)
      .map(omitEmptyFields),
  });
}

function submittedFields(fields: IdnowDocumentFields) {
  return omitEmptyFields({
    type: getSubmittedFieldValue(fields.type),
    number: getSubmittedFieldValue(fields.number),
    dateissued: getSubmittedFieldValue(fields.dateissued),
    validuntil: getSubmittedFieldValue(fields.validuntil),
    issuedby: getSubmittedFieldValue(fields.issuedby),
    country: getSubmittedFieldValue(fields.country),
    firstname: getSubmittedFieldValue(fields.firstname),
    lastname: getSubmittedFieldValue(fields.lastname),
    birthday: getSubmittedFieldValue(fields.birthday),
  });
}
