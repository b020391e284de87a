import type { PersonClaims } from '../../contract/identity.ts';
import { countryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { gender } from '../../parsing/gender.ts';
import { omitEmpty } from '../../parsing/omit-empty.ts';
import { nonBlank } from '../../parsing/text.ts';
import { idnowAddress } from './address.ts';
import type { PickValue } from './field-values.ts';
import type { UserData } from './ident-schemas.ts';
import type { Ident } from './read-ident.ts';

/**
 * Returns IDnow's `userdata` as OpenID claims.
 *
 * @param pick returns the verified value or the submitted value of a field
 */
export function userDataClaims(userData: UserData, pick: PickValue): PersonClaims {
  const nationality = countryCode(pick(userData.nationality));
  return omitEmpty({
    given_name: pick(userData.firstname),
    family_name: pick(userData.lastname),
    birth_family_name: pick(userData.birthname),
    title: pick(userData.title),
    gender: gender(pick(userData.gender)),
    birthdate: parseDate(pick(userData.birthday)),
    place_of_birth: omitEmpty({ locality: pick(userData.birthplace) }),
    nationalities: nationality === null ? null : [nationality],
    address: idnowAddress(userData.address, pick),
  });
}

/** Returns e-mail and phone number. The company or the user gave them, and nobody verified them. */
export function contactClaims({ contactData }: Ident): PersonClaims {
  return omitEmpty({ email: nonBlank(contactData.email), phone_number: nonBlank(contactData.mobilephone) });
}
