import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { nullIfBlank } from '../../parsing/text.ts';
import type { IdnowField, IdnowUserData } from './ident-schemas.ts';

/**
 * Returns the statuses of the fields in `userdata`. `status` compares a field's value with the value that our company
 * had sent to IDnow. `reviewstatus` compares it with `identification`, the value that IDnow's agent had found before
 * the review.
 */
export function listIdnowFieldStatuses({ address, ...userData }: IdnowUserData) {
  return omitEmptyFields({
    firstname: statuses(userData.firstname),
    lastname: statuses(userData.lastname),
    birthname: statuses(userData.birthname),
    title: statuses(userData.title),
    gender: statuses(userData.gender),
    birthday: statuses(userData.birthday),
    birthplace: statuses(userData.birthplace),
    nationality: statuses(userData.nationality),
    identlanguage: statuses(userData.identlanguage),
    address: omitEmptyFields({
      street: statuses(address?.street),
      streetnumber: statuses(address?.streetnumber),
      city: statuses(address?.city),
      zipcode: statuses(address?.zipcode),
      country: statuses(address?.country),
    }),
  });
}

function statuses(field: IdnowField) {
  return omitEmptyFields({
    status: nullIfBlank(field?.status),
    reviewstatus: nullIfBlank(field?.reviewstatus),
    identification: nullIfBlank(field?.identification),
  });
}
