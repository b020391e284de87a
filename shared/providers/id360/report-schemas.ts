import * as z from 'zod/mini';
import { parseDate } from '../../parsing/date.ts';
import { parseInstant } from '../../parsing/instant.ts';
import { nullIfBlank, OptionalText } from '../../parsing/text.ts';
import { Id360ReasonCode } from './code.ts';

// The schemas are loose, and every key is optional. A report is read key by key and never copied as a whole, because it
// repeats our callback headers and contains internal keys of ID360.

/** Text that is blank, or a readable time. */
const InstantText = OptionalText.check(
  z.refine((value) => nullIfBlank(value) === null || parseInstant(value) !== null),
);

/** Text that is blank, or a readable date: ISO 8601 or `DD/MM/YYYY`. */
const DateText = OptionalText.check(
  z.refine((value) => nullIfBlank(value) === null || parseDate(value, 'DD/MM/YYYY') !== null),
);

export const Id360ReportFields = z.looseObject({
  version: OptionalText,
  level: OptionalText,
  environment: OptionalText,
  identity_status: OptionalText,
  process_uuid: OptionalText,
  process_name: OptionalText,
  creation_time: InstantText,
  starting_time: InstantText,
  finished_time: InstantText,
});
export type Id360ReportFields = z.infer<typeof Id360ReportFields>;

/**
 * The keys of an address. The sections `identity`, `extracted_data.identity` and `extracted_data.proof_of_address` all
 * have these keys.
 */
export const Id360AddressLines = z.looseObject({
  address: OptionalText,
  address_line: OptionalText,
  address_line_1: OptionalText,
  address_line_2: OptionalText,
  address_line_3: OptionalText,
  address_1: OptionalText,
  address_2: OptionalText,
  address_3: OptionalText,
  zip_code: OptionalText,
  city: OptionalText,
  country: OptionalText,
});
export type Id360AddressLines = z.infer<typeof Id360AddressLines>;

/**
 * Validation stops at the first entry that is not text. Otherwise, a list of 500,000 such entries would create 500,000
 * errors.
 */
const FirstNames = z.nullish(
  z.pipe(
    z.custom<readonly string[] | string>(
      (names) =>
        typeof names === 'string' ||
        (Array.isArray(names) && names.every((name) => typeof name === 'string')),
    ),
    z.transform((names) => (typeof names === 'string' ? [names] : names)),
  ),
);

export const Id360Identity = z.extend(Id360AddressLines, {
  name: OptionalText,
  first_name: OptionalText,
  first_names: FirstNames,
  birth_name: OptionalText,
  birth_date: DateText,
  birth_place: OptionalText,
  birth_country: OptionalText,
  gender: OptionalText,
  nationality: OptionalText,
  email: OptionalText,
  phone_number: OptionalText,
});
export type Id360Identity = z.infer<typeof Id360Identity>;

/** The section `identity.extra` of a report: the data of the identity document, such as its number. */
export const Id360IdentityDocumentFields = z.looseObject({
  id_number: OptionalText,
  issuing_date: DateText,
  expiration_date: DateText,
  issuer: OptionalText,
  address: OptionalText,
  mrz_line_1: OptionalText,
  mrz_line_2: OptionalText,
  mrz_line_3: OptionalText,
});
export type Id360IdentityDocumentFields = z.infer<typeof Id360IdentityDocumentFields>;

export const Id360ProofOfAddress = z.extend(Id360AddressLines, { full_name: OptionalText, date: DateText });
export type Id360ProofOfAddress = z.infer<typeof Id360ProofOfAddress>;

export const Id360BankDetails = z.looseObject({
  iban: OptionalText,
  bic: OptionalText,
  full_name: OptionalText,
});
export type Id360BankDetails = z.infer<typeof Id360BankDetails>;

export const Id360StatusCodeEntry = z.looseObject({
  where: z.catch(z.nullish(Id360ReasonCode), null),
  status_code: z.looseObject({ code: Id360ReasonCode }),
});
