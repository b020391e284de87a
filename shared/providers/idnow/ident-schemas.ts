import * as z from 'zod';
import { Text } from '../../parsing/text.ts';

// The schemas are loose and every key is optional. Only the fields that decide can quarantine an ident (its name, result
// and time), never its data.

/** IDnow's collection has the booleans true and false; its sample has the text "true". */
const YesNo = z.union([z.boolean(), z.string()]).nullish();

/** A data field. Its statuses compare it with the value that the company had sent, and with the value before the review. */
export const Field = z
  .looseObject({ status: Text, value: Text, original: Text, reviewstatus: Text, identification: Text })
  .nullish();
export type Field = z.infer<typeof Field>;

/** `identificationdocument` has fields, `identificationdocument2` has plain text. Either document may have either form. */
const DocumentField = z.union([
  z.string().transform((value) => ({ value })),
  z.number().transform((value) => ({ value: String(value) })),
  Field,
]);

export const Address = z
  .looseObject({ street: Field, streetnumber: Field, city: Field, zipcode: Field, country: Field })
  .nullish();
export type Address = z.infer<typeof Address>;

/** A reason code becomes a part of the state unchanged. Its length is limited, so that it fits into a row and an event. */
const Code = z
  .string()
  .max(255)
  .refine((code) => code.isWellFormed())
  .nullish();

/** `identificationprocess` without the four keys that decide. Those are read separately. */
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
 * A class of a driver's licence. The table in IDnow's collection spells the dates `vaild…`, the sample `valid…`. No sample
 * of `driverlicenseclasses` has entries, so a class may also be only its letter.
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
