import type { PersonClaims } from '../../contract/identity.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { type ContractField, convertField } from './contract-fields.ts';
import type { DatakeenDocumentFields } from './read-fields.ts';

/** Returns the data of a document's holder as OpenID claims. */
export function makeDocumentHolderClaims(fields: DatakeenDocumentFields): PersonClaims {
  const field = (name: ContractField) => convertField(fields, name);
  const nationality = field('nationality');
  return omitEmptyFields({
    given_name: field('firstName'),
    family_name: field('lastName'),
    gender: field('gender'),
    birthdate: field('birthDate'),
    place_of_birth: omitEmptyFields({
      locality: field('birthPlace'),
      country_code: field('birthCountry'),
    }),
    nationalities: nationality === null ? null : [nationality],
    address: omitEmptyFields({ street_address: field('address') }),
  });
}
