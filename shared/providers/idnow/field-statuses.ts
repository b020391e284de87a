import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { getUnassignedFieldValue, getVerifiedFieldValue, type IdnowField } from './field-values.ts';
import type { IdnowDocumentFields } from './read-document.ts';
import type { Ident } from './read-ident.ts';
import type { IdnowAddressFields, IdnowUserData } from './read-user-data.ts';

/**
 * Returns the statuses of the fields in all sections. `status` compares a field's value with the value that our company had
 * sent to IDnow. `reviewstatus` compares it with `identification`, the value that IDnow's agent had found before the
 * review. The fields of `userdata` are at the top, the others below the name of their section.
 *
 * A value that no other member of the findings contains is beside its status, for example a value with REDACTION.
 *
 * @param isAddressProven true if the address in the claims comes from an additional document, and not from `userdata`
 */
export function listIdnowFieldStatuses(ident: Ident, isAddressProven: boolean) {
  return omitEmptyFields({
    ...userDataStatuses(ident.userData, isAddressProven),
    identificationdocument: documentStatuses(ident.document.fields),
    identificationdocument2: documentStatuses(ident.secondDocument.fields),
    additionaldocuments: ident.additionalDocuments
      .map(({ documentname, address }) => ({ documentname, address: addressStatuses(address) }))
      .filter(({ address }) => Object.keys(address).length > 0)
      .map(omitEmptyFields),
  });
}

function userDataStatuses({ address, ...userData }: IdnowUserData, isAddressProven: boolean) {
  return {
    firstname: statuses(userData.firstname),
    lastname: statuses(userData.lastname),
    birthname: statuses(userData.birthname),
    title: statuses(userData.title),
    gender: statuses(userData.gender),
    birthday: statuses(userData.birthday),
    birthplace: statuses(userData.birthplace),
    nationality: statuses(userData.nationality),
    identlanguage: languageStatuses(userData.identlanguage),
    address: addressStatuses(address, isAddressProven ? valueBesideProof : statuses),
  };
}

function documentStatuses(fields: IdnowDocumentFields) {
  return omitEmptyFields({
    type: statuses(fields.type),
    number: statuses(fields.number),
    country: statuses(fields.country),
    issuedby: statuses(fields.issuedby),
    dateissued: statuses(fields.dateissued),
    validuntil: statuses(fields.validuntil),
    firstname: statuses(fields.firstname),
    lastname: statuses(fields.lastname),
    birthday: statuses(fields.birthday),
  });
}

function addressStatuses(address: IdnowAddressFields, of: (field: IdnowField) => object = statuses) {
  return omitEmptyFields({
    street: of(address.street),
    streetnumber: of(address.streetnumber),
    city: of(address.city),
    zipcode: of(address.zipcode),
    country: of(address.country),
  });
}

function statuses(field: IdnowField) {
  return omitEmptyFields({
    status: field.status,
    reviewstatus: field.reviewstatus,
    identification: field.identification,
    value: getUnassignedFieldValue(field),
  });
}

/** The claims contain the address of the proof instead of this verified value. */
function valueBesideProof(field: IdnowField) {
  return omitEmptyFields({
    ...statuses(field),
    value: getVerifiedFieldValue(field) ?? statuses(field).value,
  });
}

/** The findings have one language: the verified one, otherwise the submitted one. */
function languageStatuses(field: IdnowField) {
  const isOriginalHidden = getVerifiedFieldValue(field) !== null;
  return omitEmptyFields({ ...statuses(field), original: isOriginalHidden ? field.original : null });
}
