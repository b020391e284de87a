import type { PersonClaims } from '../../contract/identity.ts';
import { parseCountryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { parseGender } from '../../parsing/gender.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import type { DatakeenDocumentFields } from './read-fields.ts';

/** The fields of `extractedInformation` that become claims about the document's holder. */
export const datakeenPersonFields = [
  'firstName',
  'lastName',
  'gender',
  'birthDate',
  'birthPlace',
  'birthCountry',
  'nationality',
  'address',
] as const;

/** Returns the data of a document's holder as OpenID claims. */
export function makeDocumentHolderClaims(fields: DatakeenDocumentFields): PersonClaims {
  const field = (name: (typeof datakeenPersonFields)[number]) => fields.get(name) ?? null;
  const nationality = parseCountryCode(field('nationality'));
  return omitEmptyFields({
    given_name: field('firstName'),
    family_name: field('lastName'),
    gender: parseGender(field('gender')),
    birthdate: parseDate(field('birthDate'), 'DD.MM.YYYY'),
    place_of_birth: omitEmptyFields({
      locality: field('birthPlace'),
      country_code: parseCountryCode(field('birthCountry')),
    }),
    nationalities: nationality === null ? null : [nationality],
    address: omitEmptyFields({ street_address: field('address') }),
  });
}
