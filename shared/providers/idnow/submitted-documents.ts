import { present } from '../../parsing/present.ts';
import { text } from '../../parsing/text.ts';
import { addressOf } from './address.ts';
import { submitted } from './field.ts';
import type { Ident } from './ident.ts';
import type { Document } from './sections.ts';

/**
 * What the company had sent of documents, and IDnow gives back unverified, under IDnow's names. It is kept apart
 * from `documents`, which holds what IDnow has seen.
 */
export function submittedDocuments(ident: Ident) {
  return present({
    identificationdocument: submittedFields(ident.document.fields),
    identificationdocument2: submittedFields(ident.secondDocument.fields),
    additionaldocuments: ident.additionalDocuments
      .map(({ documentname, address }) => ({
        name: text(documentname),
        address: addressOf(address, submitted),
      }))
      .filter(({ address }) => Object.keys(address).length > 0)
      .map(({ name, address }) => present({ documentname: name, address })),
  });
}

function submittedFields({ type, number, dateissued, validuntil, issuedby, country, ...holder }: Document) {
  const { firstname, lastname, birthday } = holder;
  const fields = { type, number, dateissued, validuntil, issuedby, country, firstname, lastname, birthday };
  return present(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, submitted(field)])));
}
