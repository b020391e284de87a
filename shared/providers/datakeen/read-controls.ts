import * as z from 'zod';
import { readSection, type Section } from '../read-section.ts';
import { Text } from '../text.ts';

/** One control. Its value is true or false; what else it may be we do not know. */
const Control = z.looseObject({
  value: z.union([z.boolean(), Text]),
  confidence: z.number().min(0).max(1).nullish().catch(null),
});
export type Control = z.infer<typeof Control>;

/** Controls by Datakeen's names: `mrzValidity`, `globalStatus`. The set is open, and differs per kind of document. */
export type Controls = ReadonlyMap<string, Control>;

/** A name becomes a part of the state: of bounded length, and text that every store takes. */
const Name = z
  .string()
  .max(255)
  .refine((name) => name.isWellFormed());
const Unread = z.record(Name, z.unknown());

/** One that cannot be read is a control all the same, without a verdict. */
export function readControls(name: string, raw: unknown): Section<Controls> {
  const section = readSection(Unread, name, raw);
  const read = Object.entries(section.data).map(([key, value]) => ({ key, ...Control.safeParse(value) }));
  return {
    data: new Map(read.map(({ key, data }): [string, Control] => [key, data ?? { value: null }])),
    unreadable: [
      ...section.unreadable,
      ...read.flatMap(({ key, success }) => (success ? [] : [`${name}.${key}`])),
    ],
  };
}
