import type { Address, PersonClaims } from '../../contract/identity.ts';
import { countryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { gender } from '../../parsing/gender.ts';
import { omitEmpty } from '../../parsing/omit-empty.ts';
import { nonBlank } from '../../parsing/text.ts';
import type { AddressLines, Identity } from './report-schemas.ts';

/**
 * Returns a person's identity as OpenID claims, without address, e-mail and phone number. Those come from other
 * sources.
 */
export function identityClaims(identity: Identity): PersonClaims {
  const nationality = countryCode(identity.nationality);
  return omitEmpty({
    given_name:
      nonBlank(identity.first_names?.map((name) => name.trim()).join(' ')) ?? nonBlank(identity.first_name),
    family_name: nonBlank(identity.name),
    birth_family_name: nonBlank(identity.birth_name),
    gender: gender(identity.gender),
    birthdate: parseDate(identity.birth_date, 'DD/MM/YYYY'),
    place_of_birth: omitEmpty({
      locality: nonBlank(identity.birth_place),
      country_code: countryCode(identity.birth_country),
    }),
    nationalities: nationality === null ? null : [nationality],
  });
}

/**
 * Returns an ID360 address as OpenID claims. Its street lines are joined. A country that is no country code is left
 * out.
 */
export function id360Address(lines: AddressLines): Address {
  const street = [
    lines.address,
    lines.address_line,
    lines.address_line_1,
    lines.address_line_2,
    lines.address_line_3,
    lines.address_1,
    lines.address_2,
    lines.address_3,
  ].flatMap((line) => nonBlank(line)?.trim() ?? []);
  return omitEmpty({
    street_address: street.length === 0 ? null : street.join(', '),
    locality: nonBlank(lines.city),
    postal_code: nonBlank(lines.zip_code),
    country_code: countryCode(lines.country),
  });
}

/** Returns e-mail and phone number, which the user or the caller typed. */
export function contactClaims(identity: Identity): PersonClaims {
  return omitEmpty({ email: nonBlank(identity.email), phone_number: nonBlank(identity.phone_number) });
}
