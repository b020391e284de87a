import * as z from 'zod';
import { isObject, memberOf } from '../../parsing/member-of.ts';
import { readSection, type Section, unreadableKeys } from '../../parsing/read-section.ts';
import { isOptionalText, nonBlank } from '../../parsing/text.ts';

/** Values by Datakeen's names, such as `birthDate` or `birthDateMRZ`. */
export type Fields = ReadonlyMap<string, string>;

const Unread = z.looseObject({});

/** Reads the fields of a document. A field with empty text has no value, and is left out. */
export function readFields(name: string, raw: unknown): Section<Fields> {
  const section = readSection(Unread, name, raw);
  const read = Object.entries(section.data).map(([key, raw]) => ({ key, value: fieldValue(raw) }));
  return {
    data: new Map(
      read.flatMap(({ key, value }): [string, string][] => {
        const given = isOptionalText(value)
          ? nonBlank(typeof value === 'number' ? String(value) : value)
          : null;
        return given === null ? [] : [[key, given]];
      }),
    ),
    unreadable: [
      ...section.unreadable,
      ...unreadableKeys(
        name,
        read.flatMap(({ key, value }) => (isOptionalText(value) ? [] : [key])),
      ),
    ],
  };
}

/**
 * Returns the value of a field, which is a text or an object `{value, bbox, confidence}`. `bbox` is the position on the
 * page. No zod schema is used: an answer can hold 100,000 fields, and a failing schema takes 10 µs.
 */
const fieldValue = (raw: unknown): unknown => (isObject(raw) ? memberOf(raw, 'value') : raw);
