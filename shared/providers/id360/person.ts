import type { Address, PersonClaims } from '../../contract/identity.ts';
import { parseCountryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { parseGender } from '../../parsing/gender.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { nullIfBlank } from '../../parsing/text.ts';
import type { Id360AddressLines, Id360Identity } from './report-schemas.ts';

/**
 * Returns a person's identity as OpenID claims, without address, e-mail and phone number. Those come from other
 * sources.
 */
export function makeId360IdentityClaims(identity: Id360Identity): PersonClaims {
  const nationality = parseCountryCode(identity.nationality);
  return omitEmptyFields({
    given_name:
      nullIfBlank(identity.first_names?.map((name) => name.trim()).join(' ')) ??
      nullIfBlank(identity.first_name),
    family_name: nullIfBlank(identity.name),
    birth_family_name: nullIfBlank(identity.birth_name),
    gender: parseGender(identity.gender),
    birthdate: parseDate(identity.birth_date, 'DD/MM/YYYY'),
    place_of_birth: omitEmptyFields({
      locality: nullIfBlank(identity.birth_place),
      country_code: parseCountryCode(identity.birth_country),
    }),
    nationalities: nationality === null ? null : [nationality],
  });
}

/**
 * Returns an ID360 address as OpenID claims. Its street lines are joined. A country that is no country code is left
 * out.
 */
export function makeId360AddressClaim(lines: Id360AddressLines): Address {
  const street = [
    lines.address,
    lines.address_line,
    lines.address_line_1,
    lines.address_line_2,
    lines.address_line_3,
    lines.address_1,
    lines.address_2,
    lines.address_3,
  ].flatMap((line) => nullIfBlank(line)?.trim() ?? []);
  return omitEmptyFields({
    street_address: street.length === 0 ? null : street.join(', '),
    locality: nullIfBlank(lines.city),
    postal_code: nullIfBlank(lines.zip_code),
    country_code: parseCountryCode(lines.country),
  });
}

/** Returns e-mail and phone number, which the user or the caller typed. */
export function makeId360ContactClaims(identity: Id360Identity): PersonClaims {
  return omitEmptyFields({
    email: nullIfBlank(identity.email),
    phone_number: nullIfBlank(identity.phone_number),
  });
}
