import type { PersonClaims } from '../../contract/identity.ts';
import { countryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { gender } from '../../parsing/gender.ts';
import { present } from '../../parsing/present.ts';
import { text } from '../../parsing/text.ts';
import { addressOf } from './address.ts';
import type { Pick } from './field.ts';
import type { Ident } from './ident.ts';
import type { UserData } from './sections.ts';

/** `userdata` in OpenID's words, either as verified or as submitted. */
export function personOf(userData: UserData, pick: Pick): PersonClaims {
  const nationality = countryCode(pick(userData.nationality));
  return present({
    given_name: pick(userData.firstname),
    family_name: pick(userData.lastname),
    birth_family_name: pick(userData.birthname),
    title: pick(userData.title),
    gender: gender(pick(userData.gender)),
    birthdate: parseDate(pick(userData.birthday)),
    place_of_birth: present({ locality: pick(userData.birthplace) }),
    nationalities: nationality === null ? null : [nationality],
    address: addressOf(userData.address, pick),
  });
}

/** E-mail and telephone come from the company or the user, and nobody has verified them. */
export function contactOf({ contactData }: Ident): PersonClaims {
  return present({ email: text(contactData.email), phone_number: text(contactData.mobilephone) });
}
