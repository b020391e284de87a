import { type IdnowField, readIdnowField } from './field-values.ts';
import { membersOf } from './members-of.ts';

export type IdnowUserData = ReturnType<typeof readIdnowUserData>;

export function readIdnowUserData(raw: unknown) {
  const userData = membersOf(raw);
  return {
    firstname: readIdnowField(userData.firstname),
    lastname: readIdnowField(userData.lastname),
    birthname: readIdnowField(userData.birthname),
    title: readIdnowField(userData.title),
    gender: readIdnowField(userData.gender),
    birthday: readIdnowField(userData.birthday),
    birthplace: readIdnowField(userData.birthplace),
    nationality: readIdnowField(userData.nationality),
    identlanguage: readIdnowField(userData.identlanguage),
    address: readIdnowAddress(userData.address),
  };
}

/** The fields of an address, in `userdata` and in additional documents. */
export interface IdnowAddressFields {
  readonly street: IdnowField;
  readonly streetnumber: IdnowField;
  readonly city: IdnowField;
  readonly zipcode: IdnowField;
  readonly country: IdnowField;
}

export function readIdnowAddress(raw: unknown): IdnowAddressFields {
  const address = membersOf(raw);
  return {
    street: readIdnowField(address.street),
    streetnumber: readIdnowField(address.streetnumber),
    city: readIdnowField(address.city),
    zipcode: readIdnowField(address.zipcode),
    country: readIdnowField(address.country),
  };
}
