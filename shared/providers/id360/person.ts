import type { Address, PersonClaims } from '../../contract/identity.ts';
import { countryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { gender } from '../../parsing/gender.ts';
import { present } from '../../parsing/present.ts';
import { text } from '../../parsing/text.ts';
import type { AddressLines, Identity } from './report-sections.ts';

/** Who the person is, in OpenID's words; address and contact are separate, because their sources are. */
export function personOf(identity: Identity): PersonClaims {
  const nationality = countryCode(identity.nationality);
  return present({
    given_name: text(identity.first_names?.map((name) => name.trim()).join(' ')) ?? text(identity.first_name),
    family_name: text(identity.name),
    birth_family_name: text(identity.birth_name),
    gender: gender(identity.gender),
    birthdate: parseDate(identity.birth_date, 'DD/MM/YYYY'),
    place_of_birth: present({
      locality: text(identity.birth_place),
      country_code: countryCode(identity.birth_country),
    }),
    nationalities: nationality === null ? null : [nationality],
  });
}

/** The lines of an address as one; `country` only where it is a code. */
export function addressOf(lines: AddressLines): Address {
  const street = [
    lines.address,
    lines.address_line,
    lines.address_line_1,
    lines.address_line_2,
    lines.address_line_3,
    lines.address_1,
    lines.address_2,
    lines.address_3,
  ].flatMap((line) => text(line)?.trim() ?? []);
  return present({
    street_address: street.length === 0 ? null : street.join(', '),
    locality: text(lines.city),
    postal_code: text(lines.zip_code),
    country_code: countryCode(lines.country),
  });
}

/** What the user or the caller typed. */
export function contactOf(identity: Identity): PersonClaims {
  return present({ email: text(identity.email), phone_number: text(identity.phone_number) });
}
