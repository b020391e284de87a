import type { PersonClaims } from '../../contract/identity.ts';
import { parseCountryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { parseGender } from '../../parsing/gender.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { makeIdnowAddressClaim } from './address.ts';
import type { IdnowFieldValueSelector } from './field-values.ts';
import type { Ident } from './read-ident.ts';
import type { IdnowUserData } from './read-user-data.ts';

/**
 * Returns IDnow's `userdata` as OpenID claims.
 *
 * @param pick returns the verified value or the submitted value of a field
 */
export function makeIdnowUserDataClaims(
  userData: IdnowUserData,
  pick: IdnowFieldValueSelector,
): PersonClaims {
  const nationality = parseCountryCode(pick(userData.nationality));
  return omitEmptyFields({
    given_name: pick(userData.firstname),
    family_name: pick(userData.lastname),
    birth_family_name: pick(userData.birthname),
    title: pick(userData.title),
    gender: parseGender(pick(userData.gender)),
    birthdate: parseDate(pick(userData.birthday)),
    place_of_birth: omitEmptyFields({ locality: pick(userData.birthplace) }),
    nationalities: nationality === null ? null : [nationality],
    address: makeIdnowAddressClaim(userData.address, pick),
  });
}

/** Returns e-mail and phone number. Our company or the user gave them, and nobody verified them. */
export function makeIdnowContactClaims({ contactData }: Ident): PersonClaims {
  return omitEmptyFields({
    email: contactData.email,
    phone_number: contactData.mobilephone,
  });
}
