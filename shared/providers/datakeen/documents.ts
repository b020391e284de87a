import type { IdentityDocument } from '../../contract/identity.ts';
import { parseCountryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { mapDatakeenDocumentType } from './document-types.ts';
import { datakeenPersonFields, makeDocumentHolderClaims } from './person.ts';
import type { DatakeenDocument } from './read-result.ts';

const parseDayFirst = (text: string | null) => parseDate(text, 'DD.MM.YYYY');

type FieldReader = (text: string) => string | null;

/** Returns a field's text unchanged. */
const unchanged: FieldReader = (text) => text;

/**
 * The fields of `extractedInformation` that have their own field in the event contract. Each has the function that
 * converts its value.
 */
const contractFields: ReadonlyMap<string, FieldReader> = new Map<string, FieldReader>([
  ...[...datakeenPersonFields, 'idNumber'].map((name) => [name, unchanged] as const),
  ...['birthDate', 'deliveryDate', 'expiryDate'].map((name) => [name, parseDayFirst] as const),
  ...['birthCountry', 'nationality', 'countryCode'].map((name) => [name, parseCountryCode] as const),
]);

/**
 * Returns one entry for every document, even for an empty document, because checks refer to a document by its position.
 */
export function convertDatakeenDocuments(documents: readonly DatakeenDocument[]): IdentityDocument[] {
  return documents.map(documentOf);
}

function documentOf(document: DatakeenDocument): IdentityDocument {
  const { fields } = document;
  const field = (name: string) => fields.get(name) ?? null;
  return omitEmptyFields({
    type: mapDatakeenDocumentType(document.type),
    document_number: field('idNumber'),
    date_of_issuance: parseDayFirst(field('deliveryDate')),
    date_of_expiry: parseDayFirst(field('expiryDate')),
    issuer: omitEmptyFields({ country_code: parseCountryCode(field('countryCode')) }),
    claims: makeDocumentHolderClaims(fields),
    provider_data: omitEmptyFields({
      ...otherFields(document),
      ...omitEmptyFields({ cardType: document.cardType, cardSide: document.cardSide }),
    }),
  });
}

/**
 * Returns two kinds of a document's fields, under Datakeen's names: fields that the event contract does not have, such
 * as the machine-readable zone; and fields whose value cannot be converted. Dates become ISO 8601.
 */
function otherFields({ fields }: DatakeenDocument): Record<string, string> {
  const isOther = ([name, value]: [string, string]) => (contractFields.get(name)?.(value) ?? null) === null;
  const others = [...fields].filter(isOther);
  return Object.fromEntries(others.map(([name, value]) => [name, parseDayFirst(value) ?? value]));
}
