import { present } from '../../parsing/present.ts';
import { text } from '../../parsing/text.ts';
import type { Field, UserData } from './sections.ts';

/**
 * How each field of `userdata` compares: `status` to what the company had sent, `reviewstatus` to what the
 * agent had found before the review; `identification` is what that was.
 */
export function fieldStatuses({ address, ...userData }: UserData) {
  return present({
    firstname: statuses(userData.firstname),
    lastname: statuses(userData.lastname),
    birthname: statuses(userData.birthname),
    title: statuses(userData.title),
    gender: statuses(userData.gender),
    birthday: statuses(userData.birthday),
    birthplace: statuses(userData.birthplace),
    nationality: statuses(userData.nationality),
    identlanguage: statuses(userData.identlanguage),
    address: present({
      street: statuses(address?.street),
      streetnumber: statuses(address?.streetnumber),
      city: statuses(address?.city),
      zipcode: statuses(address?.zipcode),
      country: statuses(address?.country),
    }),
  });
}

function statuses(field: Field) {
  return present({
    status: text(field?.status),
    reviewstatus: text(field?.reviewstatus),
    identification: text(field?.identification),
  });
}
