import type { Address as AddressClaim } from '../../contract/identity.ts';
import { parseCountryCode } from '../../parsing/country-code.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import type { IdnowFieldValueSelector } from './field-values.ts';
import type { IdnowAddressFields } from './read-user-data.ts';

/**
 * Returns an IDnow address as claims.
 *
 * @param pick returns the verified value or the submitted value of a field
 */
export function makeIdnowAddressClaim(
  address: IdnowAddressFields,
  pick: IdnowFieldValueSelector,
): AddressClaim {
  const [street, number] = [pick(address.street), pick(address.streetnumber)];
  return omitEmptyFields({
    street_address: joinStreetAddress(street, number),
    street,
    house_number: number,
    locality: pick(address.city),
    postal_code: pick(address.zipcode),
    country_code: parseCountryCode(pick(address.country)),
  });
}

/**
 * Joins the street and the house number. Some IDnow accounts send the number as a part of `street`. A number without a
 * street is no street address.
 */
function joinStreetAddress(street: string | null, number: string | null): string | null {
  return street === null || number === null ? street : `${street} ${number}`;
}
