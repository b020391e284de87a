import * as z from 'zod';
import { Text } from '../../parsing/text.ts';

// The schemas are loose, and every key is optional. An ident is quarantined only if its name, result or time is
// unreadable. Other data never quarantines an ident.

/**
 * IDnow's API collection says that these values are booleans, but its sample contains the text "true". Both are
 * accepted.
 */
const YesNo = z.union([z.boolean(), z.string()]).nullish();

/**
 * A data field of IDnow. `status` compares its value with the value that the company had sent. `reviewstatus` compares
 * its value with the value before the review.
 */
export const Field = z
  .looseObject({ status: Text, value: Text, original: Text, reviewstatus: Text, identification: Text })
  .nullish();
export type Field = z.infer<typeof Field>;

/**
 * A field of an identity document. In `identificationdocument`, a field is an object. In `identificationdocument2`, a
 * field is plain text. Both forms are accepted in both documents.
 */
const DocumentField = z.union([
  z.string().transform((value) => ({ value })),
  z.number().transform((value) => ({ value: String(value) })),
  Field,
]);

export const Address = z
  .looseObject({ street: Field, streetnumber: Field, city: Field, zipcode: Field, country: Field })
  .nullish();
export type Address = z.infer<typeof Address>;

/**
 * A reason code of IDnow, which becomes a part of the state unchanged. Its length is limited, so that the state fits
 * into a row and an event.
 */
const Code = z
  .string()
  .max(255)
  .refine((code) => code.isWellFormed())
  .nullish();

/**
 * The section `identificationprocess` without company id, transaction number, result and time. Those four are read
 * separately, because an ident is quarantined if one of them is unreadable.
 */
export const Process = z.looseObject({
  reason: Code,
  id: Text,
  type: Text,
  filename: Text,
  href: Text,
  agentname: Text,
  poaresult: Text,
  previousresult: Text,
  wasnfcused: YesNo,
  identchanges: YesNo,
  reviewchanges: YesNo,
});

export const UserData = z.looseObject({
  firstname: Field,
  lastname: Field,
  birthname: Field,
  title: Field,
  gender: Field,
  birthday: Field,
  birthplace: Field,
  nationality: Field,
  identlanguage: Field,
  address: Address,
});
export type UserData = z.infer<typeof UserData>;

export const ContactData = z.looseObject({ email: Text, mobilephone: Text });

export const Document = z.looseObject({
  type: DocumentField,
  number: DocumentField,
  country: DocumentField,
  issuedby: DocumentField,
  dateissued: DocumentField,
  validuntil: DocumentField,
  firstname: DocumentField,
  lastname: DocumentField,
  birthday: DocumentField,
});
export type Document = z.infer<typeof Document>;

/**
 * A class in a driver's licence. IDnow's API collection spells the dates in two ways: `vaild…` in its table, `valid…`
 * in its sample. In every sample, the list `driverlicenseclasses` is empty, so a class that is only a letter is
 * accepted, too.
 */
export const LicenseClass = z.looseObject({
  licenseClass: Text,
  additionalInformation: Text,
  validFrom: Text,
  vaildFrom: Text,
  validFromReadout: Text,
  validUntil: Text,
  vaildUntil: Text,
  validUntilReadout: Text,
});
export type LicenseClass = z.infer<typeof LicenseClass>;
export const LicenseClassOrLetter = z.union([
  z.string().transform((licenseClass) => LicenseClass.parse({ licenseClass })),
  LicenseClass,
]);

export const AdditionalDocument = z.looseObject({ documentname: Text, address: Address });
export type AdditionalDocument = z.infer<typeof AdditionalDocument>;
