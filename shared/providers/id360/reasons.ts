import * as z from 'zod';
import type { Reason } from '../../contract/state.ts';
import { findByWord } from '../find-by-word.ts';
import type { Section } from '../read-section.ts';
import type { ReasonMeaning } from '../reason-meaning.ts';
import { Code } from './code.ts';
import { statusCodes } from './status-codes.ts';

const meanings: ReadonlyMap<string, ReasonMeaning> = new Map(Object.entries(statusCodes));

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
  const entries = [raw].flat(1).filter((entry) => !isNothing(entry));
  const codes = entries.flatMap((entry) => Entry.safeParse(entry).data ?? []);
  return { data: codes, unreadable: codes.length < entries.length ? [name] : [] };
}

/**
 * Each code once. One that we do not know has code and category `other`; no known one has that code, which is
 * what unknown ones are counted by.
 */
export function reasonsOf(codes: readonly string[]): Reason[] {
  return [...new Set(codes)].map((providerCode) => {
    const { code, category } = findByWord(meanings, providerCode) ?? { code: 'other', category: 'other' };
    return { code, category, providerCode };
  });
}

/** Blank text says that there is no code. */
function isNothing(entry: unknown): boolean {
  return entry === undefined || entry === null || (typeof entry === 'string' && entry.trim() === '');
}
