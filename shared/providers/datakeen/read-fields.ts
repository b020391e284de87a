import { getJsonMember, isObject } from '../../parsing/member-of.ts';
import { isAbsentValue, type ParsedSection } from '../../parsing/read-section.ts';
import { isOptionalText, nullIfBlank } from '../../parsing/text.ts';

/** The text of a document's fields, under Datakeen's field names, such as `birthDate` or `birthDateMRZ`. */
export type DatakeenDocumentFields = ReadonlyMap<string, string>;

/**
 * Reads the fields of a document. A field without text is left out. The table of leaves (`leaf-table.ts`) accounts for a
 * field of an unexpected type.
 */
export function readDatakeenDocumentFields(
  name: string,
  raw: unknown,
): ParsedSection<DatakeenDocumentFields> {
  if (isAbsentValue(raw)) return { data: new Map(), unreadable: [] };
  if (!isObject(raw)) return { data: new Map(), unreadable: [name] };
  const fields = new Map<string, string>();
  for (const [key, field] of Object.entries(raw)) {
    const text = textOf(field);
    if (text !== null) fields.set(key, text);
  }
  return { data: fields, unreadable: [] };
}

/**
 * Returns the text of a field. The field is text, or an object `{value, bbox, confidence}` in which `bbox` is the text's
 * position on the page. No zod schema is used: a schema that fails takes 10 µs per field, and Datakeen's answer can contain
 * 100,000 fields.
 */
function textOf(field: unknown): string | null {
  const value = isObject(field) ? getJsonMember(field, 'value') : field;
  return isOptionalText(value) ? nullIfBlank(typeof value === 'number' ? String(value) : value) : null;
}
