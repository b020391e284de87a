import { omitEmpty } from '../../parsing/omit-empty.ts';
import { nonBlank } from '../../parsing/text.ts';
import { idnowAddress } from './address.ts';
import { submittedValue } from './field-values.ts';
import type { Document } from './ident-schemas.ts';
import type { Ident } from './read-ident.ts';

/**
 * Returns the data of documents that the company had sent, and that IDnow returns without verifying it. The names are
 * IDnow's. The data is separate from `documents`, because `documents` contains only documents that IDnow has checked.
 */
export function submittedDocuments(ident: Ident) {
  return omitEmpty({
    identificationdocument: submittedFields(ident.document.fields),
    identificationdocument2: submittedFields(ident.secondDocument.fields),
    additionaldocuments: ident.additionalDocuments
      .map(({ documentname, address }) => ({
        name: nonBlank(documentname),
        address: idnowAddress(address, submittedValue),
      }))
      .filter(({ address }) => Object.keys(address).length > 0)
      .map(({ name, address }) => omitEmpty({ documentname: name, address })),
  });
}

function submittedFields({ type, number, dateissued, validuntil, issuedby, country, ...holder }: Document) {
  const { firstname, lastname, birthday } = holder;
  const fields = { type, number, dateissued, validuntil, issuedby, country, firstname, lastname, birthday };
  return omitEmpty(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, submittedValue(field)])),
  );
}
