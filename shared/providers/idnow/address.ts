import type { Address as AddressClaim } from '../../contract/identity.ts';
import { countryCode } from '../../parsing/country-code.ts';
import { present } from '../../parsing/present.ts';
import type { Pick } from './field.ts';
import type { Address } from './sections.ts';

export function addressOf(address: Address, pick: Pick): AddressClaim {
  return present({
    street_address: streetAddress(pick(address?.street), pick(address?.streetnumber)),
    locality: pick(address?.city),
    postal_code: pick(address?.zipcode),
    country_code: countryCode(pick(address?.country)),
  });
}

/** The number may be part of `street`, as the account is set up; a number alone is no street address. */
function streetAddress(street: string | null, number: string | null): string | null {
  return street === null || number === null ? street : `${street} ${number}`;
}
