import { omitEmpty } from '../../parsing/omit-empty.ts';
import { nonBlank } from '../../parsing/text.ts';
import type { Field, UserData } from './ident-schemas.ts';

/**
 * Returns the statuses of the fields in `userdata`. `status` compares a field's value with the value that the company
 * had sent. `reviewstatus` compares it with `identification`, the value that the agent had found before the review.
 */
export function fieldStatuses({ address, ...userData }: UserData) {
  return omitEmpty({
    firstname: statuses(userData.firstname),
    lastname: statuses(userData.lastname),
    birthname: statuses(userData.birthname),
    title: statuses(userData.title),
    gender: statuses(userData.gender),
    birthday: statuses(userData.birthday),
    birthplace: statuses(userData.birthplace),
    nationality: statuses(userData.nationality),
    identlanguage: statuses(userData.identlanguage),
    address: omitEmpty({
      street: statuses(address?.street),
      streetnumber: statuses(address?.streetnumber),
      city: statuses(address?.city),
      zipcode: statuses(address?.zipcode),
      country: statuses(address?.country),
    }),
  });
}

function statuses(field: Field) {
  return omitEmpty({
    status: nonBlank(field?.status),
    reviewstatus: nonBlank(field?.reviewstatus),
    identification: nonBlank(field?.identification),
  });
}
