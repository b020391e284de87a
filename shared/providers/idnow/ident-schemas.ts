import * as z from 'zod/mini';
import { OptionalText } from '../../parsing/text.ts';

// The schemas are loose, and every key is optional. An ident is quarantined only if its name, result or time is
// unreadable. Other data never quarantines an ident.

/**
 * A yes-or-no value. IDnow's API collection says that such values are booleans, but its sample contains the text
 * "true". Both are accepted.
 */
const YesNo = z.nullish(z.union([z.boolean(), z.string()]));

/**
 * A data field of IDnow. `status` compares its value with the value that our company had sent to IDnow. `reviewstatus`
 * compares its value with the value before IDnow's review.
 */
export const IdnowField = z.nullish(
  z.looseObject({
    status: OptionalText,
    value: OptionalText,
    original: OptionalText,
    reviewstatus: OptionalText,
    identification: OptionalText,
  }),
);
export type IdnowField = z.infer<typeof IdnowField>;

/**
 * A field of an identity document. In `identificationdocument`, a field is an object. In `identificationdocument2`, a
 * field is plain text. Both forms are accepted in both documents.
 */
const DocumentField = z.union([
  z.pipe(
    z.string(),
    z.transform((value) => ({ value })),
  ),
  z.pipe(
    z.number(),
    z.transform((value) => ({ value: String(value) })),
  ),
  IdnowField,
]);

export const IdnowAddressFields = z.nullish(
  z.looseObject({
    street: IdnowField,
    streetnumber: IdnowField,
    city: IdnowField,
    zipcode: IdnowField,
    country: IdnowField,
  }),
);
export type IdnowAddressFields = z.infer<typeof IdnowAddressFields>;

/**
 * A reason code of IDnow, which becomes a part of the state unchanged. Its length is limited, so that the state fits
 * into a row and an event.
 */
const Code = z.nullish(
  z.string().check(
    z.maxLength(255),
    z.refine((code) => code.isWellFormed()),
  ),
);

/**
 * The section `identificationprocess` without company id, transaction number, result and time. Those four are read
 * separately, because an ident is quarantined if one of them is unreadable.
 */
export const IdentificationProcess = z.looseObject({
  reason: Code,
  id: OptionalText,
  type: OptionalText,
  filename: OptionalText,
  href: OptionalText,
  agentname: OptionalText,
  poaresult: OptionalText,
  previousresult: OptionalText,
  wasnfcused: YesNo,
  identchanges: YesNo,
  reviewchanges: YesNo,
});

export const IdnowUserData = z.looseObject({
  firstname: IdnowField,
  lastname: IdnowField,
  birthname: IdnowField,
  title: IdnowField,
  gender: IdnowField,
  birthday: IdnowField,
  birthplace: IdnowField,
  nationality: IdnowField,
  identlanguage: IdnowField,
  address: IdnowAddressFields,
});
export type IdnowUserData = z.infer<typeof IdnowUserData>;

export const IdnowContactData = z.looseObject({ email: OptionalText, mobilephone: OptionalText });

export const IdnowDocumentFields = z.looseObject({
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
export type IdnowDocumentFields = z.infer<typeof IdnowDocumentFields>;

/**
 * A class in a driver's licence. IDnow's API collection spells the dates in two ways: `vaild…` in its table, `valid…`
 * in its sample. In every sample, the list `driverlicenseclasses` is empty, so a class that is only a letter is
 * accepted, too.
 */
export const DriverLicenseClass = z.looseObject({
  licenseClass: OptionalText,
  additionalInformation: OptionalText,
  validFrom: OptionalText,
  vaildFrom: OptionalText,
  validFromReadout: OptionalText,
  validUntil: OptionalText,
  vaildUntil: OptionalText,
  validUntilReadout: OptionalText,
});
export type DriverLicenseClass = z.infer<typeof DriverLicenseClass>;
export const DriverLicenseClassOrLetter = z.union([
  z.pipe(
    z.string(),
    z.transform((licenseClass) => DriverLicenseClass.parse({ licenseClass })),
  ),
  DriverLicenseClass,
]);

export const IdnowAdditionalDocument = z.looseObject({
  documentname: OptionalText,
  address: IdnowAddressFields,
});
export type IdnowAdditionalDocument = z.infer<typeof IdnowAdditionalDocument>;
