import { parseCountryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { parseGender } from '../../parsing/gender.ts';

type FieldReader = (text: string) => string | null;

const parseDayFirst: FieldReader = (text) => parseDate(text, 'DD.MM.YYYY');
const unchanged: FieldReader = (text) => text;

/**
 * The fields of Datakeen's `extractedInformation` that have a field of their own in the event, each with the function that
 * converts its text. A function returns null if it cannot convert the text.
 */
const readers = {
  firstName: unchanged,
  lastName: unchanged,
  gender: parseGender,
  birthDate: parseDayFirst,
  birthPlace: unchanged,
  birthCountry: parseCountryCode,
  nationality: parseCountryCode,
  address: unchanged,
  idNumber: unchanged,
  deliveryDate: parseDayFirst,
  expiryDate: parseDayFirst,
  countryCode: parseCountryCode,
} as const satisfies Record<string, FieldReader>;

export type ContractField = keyof typeof readers;

export const contractFields: ReadonlyMap<string, FieldReader> = new Map(Object.entries(readers));

/** Converts a field of a document. @returns null if the document lacks the field, or the text cannot be converted */
export function convertField(fields: ReadonlyMap<string, string>, name: ContractField): string | null {
  const text = fields.get(name);
  return text === undefined ? null : readers[name](text);
}
