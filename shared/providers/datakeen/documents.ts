import type { IdentityDocument } from '../../contract/identity.ts';
import { getJsonMember, isObject } from '../../parsing/member-of.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { type ContractField, contractFields, convertField } from './contract-fields.ts';
import { mapDatakeenDocumentType } from './document-types.ts';
import { makeDocumentHolderClaims } from './person.ts';
import type { DatakeenDocument } from './read-documents.ts';
import type { DatakeenDocumentFields } from './read-fields.ts';

/**
 * Converts a document.
 *
 * @param leaves the leaves of the document that have no field of their own in the event
 */
export function convertDatakeenDocument(
  { type, fields }: DatakeenDocument,
  leaves: Readonly<Record<string, unknown>>,
): IdentityDocument {
  const field = (name: ContractField) => convertField(fields, name);
  return omitEmptyFields({
    type: mapDatakeenDocumentType(type),
    document_number: field('idNumber'),
    date_of_issuance: field('deliveryDate'),
    date_of_expiry: field('expiryDate'),
    issuer: omitEmptyFields({ country_code: field('countryCode') }),
    claims: makeDocumentHolderClaims(fields),
    provider_data: withInconvertibleTexts(leaves, fields),
  });
}

/**
 * Adds the texts that have a field of their own but cannot be converted, such as an expiry date `illimitée`. They are
 * named as unreadable, and people can still read them.
 */
function withInconvertibleTexts(leaves: Readonly<Record<string, unknown>>, fields: DatakeenDocumentFields) {
  const texts = [...fields].filter(([name, text]) => contractFields.get(name)?.(text) === null);
  if (texts.length === 0) return leaves;
  const extracted = getJsonMember(leaves, 'extractedInformation');
  const others = isObject(extracted) ? extracted : {};
  const kept = texts.map(([name, value]) => [name, { ...Object(getJsonMember(others, name)), value }]);
  return { ...leaves, extractedInformation: { ...others, ...Object.fromEntries(kept) } };
}
