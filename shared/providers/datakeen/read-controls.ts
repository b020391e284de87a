import * as z from 'zod';
import { isObject, memberOf } from '../../parsing/member-of.ts';
import { readSection, type Section, unreadableKeys } from '../../parsing/read-section.ts';
import { isText } from '../../parsing/text.ts';

/** One control. Its value is true or false; what else it may be we do not know. */
export interface Control {
  readonly value: boolean | string | null;
  /** From 0 to 1. */
  readonly confidence: number | null;
}

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
  const read = Object.entries(section.data).map(([key, value]) => ({ key, control: controlOf(value) }));
  const bad = read.flatMap(({ key, control }) => (control === null ? [key] : []));
  return {
    data: new Map(read.map(({ key, control }) => [key, control ?? { value: null, confidence: null }])),
    unreadable: [...section.unreadable, ...unreadableKeys(name, bad)],
  };
}

/** No schema: an answer can hold 100,000 of them, and one that fails costs 10 µs. */
function controlOf(raw: unknown): Control | null {
  if (!isObject(raw)) return null;
  const value = memberOf(raw, 'value') ?? null;
  const confidence = memberOf(raw, 'confidence');
  if (typeof value !== 'boolean' && !isText(value)) return null;
  return {
    value: typeof value === 'number' ? String(value) : value,
    confidence: isShare(confidence) ? confidence : null,
  };
}

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
