import * as z from 'zod';
import { parseDate } from '../../parsing/date.ts';
import { parseInstant } from '../../parsing/instant.ts';
import { Text, text } from '../../parsing/text.ts';
import { Code } from './code.ts';

// The schemas are loose and every key is optional. What is read is picked by name, never copied whole: a
// report echoes our callback headers and ID360's internal keys.

/** Blank, or an instant that we can read. */
const InstantText = Text.refine((value) => text(value) === null || parseInstant(value) !== null);

/** Blank, or a day that we can read. */
const DateText = Text.refine((value) => text(value) === null || parseDate(value, 'DD/MM/YYYY') !== null);

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

/** `identity`, the entries of `extracted_data.identity` and the addresses share their names. */
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

/** The first entry that is no text ends the look: a list of 500,000 of them would be as many errors. */
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

/** `identity.extra`: what is on the document. */
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
