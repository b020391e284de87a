import type { PersonClaims } from '../../contract/identity.ts';
import { countryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { gender } from '../../parsing/gender.ts';
import { present } from '../../parsing/present.ts';
import type { Fields } from './read-fields.ts';

/** Fields of `extractedInformation` about the holder that have a word of ours. */
export const personFields = [
  'firstName',
  'lastName',
  'gender',
  'birthDate',
  'birthPlace',
  'birthCountry',
  'nationality',
  'address',
] as const;

/** What a document says of its holder, in OpenID's words. */
export function personOf(fields: Fields): PersonClaims {
  const field = (name: (typeof personFields)[number]) => fields.get(name) ?? null;
  const nationality = countryCode(field('nationality'));
  return present({
    given_name: field('firstName'),
    family_name: field('lastName'),
    gender: gender(field('gender')),
    birthdate: parseDate(field('birthDate'), 'DD.MM.YYYY'),
    place_of_birth: present({
      locality: field('birthPlace'),
      country_code: countryCode(field('birthCountry')),
    }),
    nationalities: nationality === null ? null : [nationality],
    address: present({ street_address: field('address') }),
  });
}
