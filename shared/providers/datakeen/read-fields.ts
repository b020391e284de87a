import * as z from 'zod';
import { readSection, type Section } from '../read-section.ts';
import { Text, text } from '../text.ts';

/** One value that was read from a document. Its `bbox` is where on the page; its `confidence` may be null. */
const Field = z.union([z.looseObject({ value: Text }).transform(({ value }) => value), Text]);

/** Values by Datakeen's names: `birthDate`, `birthDateMRZ`. */
export type Fields = ReadonlyMap<string, string>;

const Unread = z.looseObject({});

/** Empty text says that there is no value. */
export function readFields(name: string, raw: unknown): Section<Fields> {
  const section = readSection(Unread, name, raw);
  const read = Object.entries(section.data).map(([key, value]) => ({ key, ...Field.safeParse(value) }));
  return {
    data: new Map(
      read.flatMap(({ key, data }): [string, string][] => {
        const value = text(data);
        return value === null ? [] : [[key, value]];
      }),
    ),
    unreadable: [
      ...section.unreadable,
      ...read.flatMap(({ key, success }) => (success ? [] : [`${name}.${key}`])),
    ],
  };
}
