import * as z from 'zod';
import { parseDate } from '../../parsing/date.ts';
import { parseInstant } from '../../parsing/instant.ts';
import { nonBlank, Text } from '../../parsing/text.ts';
import { Code } from './code.ts';

// The schemas are loose, and every key is optional. A report is read key by key and never copied as a whole, because it
// repeats our callback headers and contains internal keys of ID360.

/** Text that is blank, or a readable time. */
const InstantText = Text.refine((value) => nonBlank(value) === null || parseInstant(value) !== null);

/** Text that is blank, or a readable date: ISO 8601 or `DD/MM/YYYY`. */
const DateText = Text.refine((value) => nonBlank(value) === null || parseDate(value, 'DD/MM/YYYY') !== null);

export const Report = z.looseObject({
  version: Text,
  level: Text,
  environment: Text,
  identity_status: Text,
  process_uuid: Text,
  process_name: Text,
  creation_time: InstantText,
  starting_time: InstantText,
  finished_time: InstantText,
});
export type Report = z.infer<typeof Report>;

/**
 * The keys of an address. The sections `identity`, `extracted_data.identity` and `extracted_data.proof_of_address` all
 * have these keys.
 */
export const AddressLines = z.looseObject({
  address: Text,
  address_line: Text,
  address_line_1: Text,
  address_line_2: Text,
  address_line_3: Text,
  address_1: Text,
  address_2: Text,
  address_3: Text,
  zip_code: Text,
  city: Text,
  country: Text,
});
export type AddressLines = z.infer<typeof AddressLines>;

/**
 * Validation stops at the first entry that is not text. Otherwise, a list of 500,000 such entries would create 500,000
 * errors.
 */
const FirstNames = z
  .custom<readonly string[] | string>(
    (names) =>
      typeof names === 'string' || (Array.isArray(names) && names.every((name) => typeof name === 'string')),
  )
  .transform((names) => (typeof names === 'string' ? [names] : names))
  .nullish();

export const Identity = AddressLines.extend({
  name: Text,
  first_name: Text,
  first_names: FirstNames,
  birth_name: Text,
  birth_date: DateText,
  birth_place: Text,
  birth_country: Text,
  gender: Text,
  nationality: Text,
  email: Text,
  phone_number: Text,
});
export type Identity = z.infer<typeof Identity>;

/** The section `identity.extra` of a report: the data of the identity document, such as its number. */
export const Extra = z.looseObject({
  id_number: Text,
  issuing_date: DateText,
  expiration_date: DateText,
  issuer: Text,
  address: Text,
  mrz_line_1: Text,
  mrz_line_2: Text,
  mrz_line_3: Text,
});
export type Extra = z.infer<typeof Extra>;

export const ProofOfAddress = AddressLines.extend({ full_name: Text, date: DateText });
export type ProofOfAddress = z.infer<typeof ProofOfAddress>;

export const BankDetails = z.looseObject({ iban: Text, bic: Text, full_name: Text });
export type BankDetails = z.infer<typeof BankDetails>;

export const StatusCode = z.looseObject({
  where: Code.nullish().catch(null),
  status_code: z.looseObject({ code: Code }),
});
