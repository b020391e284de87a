import type { Leaf } from '../../parsing/account-for-leaves.ts';
import { parseCountryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { parseGender } from '../../parsing/gender.ts';
import { isText, parseText } from './texts.ts';

/** Reads a date: ISO 8601 or `DD/MM/YYYY`. ID360 writes both. */
export const parseId360Date = (value: string | undefined): string | null => parseDate(value, 'DD/MM/YYYY');

type IsReadable = (leaf: Leaf) => boolean;

/** Makes the predicate that accepts the leaves which a parser of texts can read. */
const isReadBy =
  (parse: (text: string) => string | null): IsReadable =>
  (leaf) => {
    const text = parseText(leaf);
    return text !== null && parse(text) !== null;
  };

const isReadableText: IsReadable = isText;
const isReadableDate = isReadBy(parseId360Date);
const isReadableCountry = isReadBy(parseCountryCode);
const isReadableGender = isReadBy(parseGender);

/** The predicate for each member of a section that is not any text. */
const isReadableByKey: Readonly<Record<string, IsReadable>> = {
  birth_date: isReadableDate,
  birthdate: isReadableDate,
  issuing_date: isReadableDate,
  expiration_date: isReadableDate,
  date: isReadableDate,
  country: isReadableCountry,
  birth_country: isReadableCountry,
  nationality: isReadableCountry,
  gender: isReadableGender,
};

/** Returns the predicate that says whether we can read the member of a section with this name. */
export const isReadableMember = (key: string): IsReadable => isReadableByKey[key] ?? isReadableText;
