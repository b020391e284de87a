import type { Address, PersonClaims } from '../../contract/identity.ts';
import { parseCountryCode } from '../../parsing/country-code.ts';
import { parseGender } from '../../parsing/gender.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import type { Id360Identity } from './read-identity.ts';
import { type addressKeys, addressLineKeys } from './section-keys.ts';
import type { Texts } from './texts.ts';
import { parseId360Date } from './values.ts';

/**
 * Returns a person's identity as OpenID claims, without address, e-mail and phone number. Those come from other
 * sources.
 */
export function makeId360IdentityClaims(identity: Id360Identity): PersonClaims {
  const nationality = parseCountryCode(identity.nationality);
  return omitEmptyFields({
    given_name: identity.first_names ?? identity.first_name,
    family_name: identity.name,
    birth_family_name: identity.birth_name,
    gender: parseGender(identity.gender),
    birthdate: parseId360Date(identity.birth_date),
    place_of_birth: omitEmptyFields({
      locality: identity.birth_place,
      country_code: parseCountryCode(identity.birth_country),
    }),
    nationalities: nationality === null ? null : [nationality],
  });
}

/**
 * Returns an ID360 address as OpenID claims. Its street lines are joined. A country that is no country code is left
 * out.
 */
export function makeId360AddressClaim(address: Texts<(typeof addressKeys)[number]>): Address {
  const street = addressLineKeys.flatMap((key) => address[key] ?? []);
  return omitEmptyFields({
    street_address: street.length === 0 ? null : street.join(', '),
    locality: address.city,
    postal_code: address.zip_code,
    country_code: parseCountryCode(address.country),
  });
}

/** Returns e-mail and phone number, which the user or the caller typed. */
export function makeId360ContactClaims({ email, phone_number }: Id360Identity): PersonClaims {
  return omitEmptyFields({ email, phone_number });
}
