import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { nullIfBlank } from '../../parsing/text.ts';
import { makeIdnowAddressClaim } from './address.ts';
import { getSubmittedFieldValue } from './field-values.ts';
import type { IdnowDocumentFields } from './ident-schemas.ts';
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
        name: nullIfBlank(documentname),
        address: makeIdnowAddressClaim(address, getSubmittedFieldValue),
      }))
      .filter(({ address }) => Object.keys(address).length > 0)
      .map(({ name, address }) => omitEmptyFields({ documentname: name, address })),
  });
}

function submittedFields({
  type,
  number,
  dateissued,
  validuntil,
  issuedby,
  country,
  ...holder
}: IdnowDocumentFields) {
  const { firstname, lastname, birthday } = holder;
  const fields = { type, number, dateissued, validuntil, issuedby, country, firstname, lastname, birthday };
  return omitEmptyFields(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, getSubmittedFieldValue(field)])),
  );
}
