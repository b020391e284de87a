import * as z from 'zod';
import type { Reason, ReasonCategory } from '../../contract/state.ts';
import { findByWord } from '../find-by-word.ts';
import type { Section } from '../read-section.ts';
import { text } from '../text.ts';
import { statusCodes } from './status-codes.ts';

const meanings: ReadonlyMap<string, { readonly code: string; readonly category: ReasonCategory }> = new Map(
  Object.entries(statusCodes),
);

/** A code goes into the state as it came, and must fit the item and the event. */
const Code = z
  .string()
  .max(255)
  .refine((code) => code.isWellFormed());

/** `"VLD_…"`, `{code, message}` or `{status_code: {code, message}, where}`: all three are printed. */
const Entry = z.union([
  Code,
  z.looseObject({ code: Code }).transform(({ code }) => code),
  z
    .looseObject({ status_code: z.looseObject({ code: Code }) })
    .transform(({ status_code: { code } }) => code),
]);

/** The codes of a section that may be one entry, a list of entries, or nothing. */
export function readCodes(name: string, raw: unknown): Section<readonly string[]> {
  if (raw === undefined || raw === null || raw === '') return { data: [], unreadable: [] };
  const entries: unknown[] = Array.isArray(raw) ? raw : [raw];
  const codes = entries.flatMap((entry) => Entry.safeParse(entry).data ?? []);
  return { data: codes, unreadable: codes.length < entries.length ? [name] : [] };
}

/**
 * Each code once. One that we do not know has code and category `other`; no known one has that code, which is
 * what unknown ones are counted by.
 */
export function reasonsOf(codes: readonly string[]): Reason[] {
  return [...new Set(codes)]
    .filter((providerCode) => text(providerCode) !== null)
    .map((providerCode) => {
      const { code, category } = findByWord(meanings, providerCode) ?? { code: 'other', category: 'other' };
      return { code, category, providerCode };
    });
}
