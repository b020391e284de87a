import * as z from 'zod';
import { Text } from '../../parsing/text.ts';

// The schemas are loose and every key is optional: an ident is only ever quarantined for what decides (its
// name, result and time), never for its data.

/** The collection says true and false, its sample prints "true". */
const YesNo = z.union([z.boolean(), z.string()]).nullish();

/** A data field with how it compares to what the company had sent, and to what the reviewer then found. */
export const Field = z
  .looseObject({ status: Text, value: Text, original: Text, reviewstatus: Text, identification: Text })
  .nullish();
export type Field = z.infer<typeof Field>;

/** `identificationdocument2` has plain text where `identificationdocument` has fields: both are read in both. */
const DocumentField = z.union([
  z.string().transform((value) => ({ value })),
  z.number().transform((value) => ({ value: String(value) })),
  Field,
]);

export const Address = z
  .looseObject({ street: Field, streetnumber: Field, city: Field, zipcode: Field, country: Field })
  .nullish();
export type Address = z.infer<typeof Address>;

/** A code goes into the state as it came, and must fit the item and the event. */
const Code = z
  .string()
  .max(255)
  .refine((code) => code.isWellFormed())
  .nullish();

/** `identificationprocess`, but for the four keys that decide; those are read on their own. */
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
 * A class of a driver's licence. The table of the collection spells the dates `vaild…`, its sample `valid…`. Of
 * `driverlicenseclasses` no filled sample is known: a class may be no more than its letter there.
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
