import * as z from 'zod';
import { isObject, memberOf } from '../../parsing/member-of.ts';
import { readSection, type Section, unreadableKeys } from '../../parsing/read-section.ts';
import { isText, text } from '../../parsing/text.ts';

/** Values by Datakeen's names: `birthDate`, `birthDateMRZ`. */
export type Fields = ReadonlyMap<string, string>;

const Unread = z.looseObject({});

/** Empty text says that there is no value. */
export function readFields(name: string, raw: unknown): Section<Fields> {
  const section = readSection(Unread, name, raw);
  const read = Object.entries(section.data).map(([key, raw]) => ({ key, value: fieldOf(raw) }));
  return {
    data: new Map(
      read.flatMap(({ key, value }): [string, string][] => {
        const given = isText(value) ? text(typeof value === 'number' ? String(value) : value) : null;
        return given === null ? [] : [[key, given]];
      }),
    ),
    unreadable: [
      ...section.unreadable,
      ...unreadableKeys(
        name,
        read.flatMap(({ key, value }) => (isText(value) ? [] : [key])),
      ),
    ],
  };
}

/**
 * One value that was read from a document, alone or in an object. Its `bbox` is where on the page; its `confidence` may
 * be null. No schema: an answer can hold 100,000 of them, and one that fails costs 10 µs.
 */
const fieldOf = (raw: unknown): unknown => (isObject(raw) ? memberOf(raw, 'value') : raw);
