import * as z from 'zod/mini';
import { getJsonMember, isObject } from '../../parsing/member-of.ts';
import { listUnreadableFields, type ParsedSection, readSection } from '../../parsing/read-section.ts';
import { isOptionalText, nullIfBlank } from '../../parsing/text.ts';

/** The text of a document's fields, under Datakeen's field names, such as `birthDate` or `birthDateMRZ`. */
export type DatakeenDocumentFields = ReadonlyMap<string, string>;

const Unread = z.looseObject({});

/** Reads the fields of a document. A field with empty text is left out. */
export function readDatakeenDocumentFields(
  name: string,
  raw: unknown,
): ParsedSection<DatakeenDocumentFields> {
  const section = readSection(Unread, name, raw);
  const read = Object.entries(section.data).map(([key, raw]) => ({ key, value: fieldValue(raw) }));
  return {
    data: new Map(
      read.flatMap(({ key, value }): [string, string][] => {
        const given = isOptionalText(value)
          ? nullIfBlank(typeof value === 'number' ? String(value) : value)
          : null;
        return given === null ? [] : [[key, given]];
      }),
    ),
    unreadable: [
      ...section.unreadable,
      ...listUnreadableFields(
        name,
        read.flatMap(({ key, value }) => (isOptionalText(value) ? [] : [key])),
      ),
    ],
  };
}

/**
 * Returns the value of a field. The field is text, or an object `{value, bbox, confidence}` in which `bbox` is the
 * text's position on the page. No zod schema is used: a schema that fails takes 10 µs per field, and Datakeen's answer
 * can contain 100,000 fields.
 */
const fieldValue = (raw: unknown): unknown => (isObject(raw) ? getJsonMember(raw, 'value') : raw);
