import type { IdentityDocument } from '../../contract/identity.ts';
import { countryCode } from '../../parsing/country-codes.ts';
import { dayFirstDate } from '../../parsing/iso-date.ts';
import { present } from '../../parsing/present.ts';
import { documentType } from './document-types.ts';
import { personFields, personOf } from './person.ts';
import type { ReadDocument } from './read-result.ts';

const asItIs = (text: string) => text;
const date = (text: string) => dayFirstDate(text, '.');

/** Fields of `extractedInformation` that have a word of ours, and what becomes of their values. */
const common: ReadonlyMap<string, (text: string) => string | null> = new Map([
  ...[...personFields, 'idNumber'].map((name) => [name, asItIs] as const),
  ...['birthDate', 'deliveryDate', 'expiryDate'].map((name) => [name, date] as const),
  ...['birthCountry', 'nationality', 'countryCode'].map((name) => [name, countryCode] as const),
]);

/** All of them, also those that nothing was read from: checks name a document by its place. */
export function documentsOf(documents: readonly ReadDocument[]): IdentityDocument[] {
  return documents.map(documentOf);
}

function documentOf(document: ReadDocument): IdentityDocument {
  const { fields } = document;
  const field = (name: string) => fields.get(name) ?? null;
  return present({
    type: documentType(document.type),
    document_number: field('idNumber'),
    date_of_issuance: dayFirstDate(field('deliveryDate'), '.'),
    date_of_expiry: dayFirstDate(field('expiryDate'), '.'),
    issuer: present({ country_code: countryCode(field('countryCode')) }),
    claims: personOf(fields),
    provider_data: present({
      ...otherFields(document),
      ...present({ cardType: document.cardType, cardSide: document.cardSide }),
    }),
  });
}

/**
 * What has no common word, such as the values of the machine-readable zone, or could not be read: under Datakeen's
 * names, dates as ours.
 */
function otherFields({ fields }: ReadDocument): Record<string, string> {
  const isOther = ([name, value]: [string, string]) => (common.get(name)?.(value) ?? null) === null;
  const others = [...fields].filter(isOther);
  return Object.fromEntries(others.map(([name, value]) => [name, date(value) ?? value]));
}
