import type { Reason } from '../../contract/state.ts';
import { memberOf } from '../../parsing/member-of.ts';
import type { Section } from '../../parsing/read-section.ts';
import { mapReason, type ReasonMeaning } from '../../parsing/reasons.ts';
import { asCode } from './code.ts';
import { statusCodes } from './status-codes.ts';

const meanings: ReadonlyMap<string, ReasonMeaning> = new Map(Object.entries(statusCodes));

/** The codes of a section that may be one entry, a list of entries, or nothing. */
export function readCodes(name: string, raw: unknown): Section<readonly string[]> {
  const entries = [raw].flat(1).filter((entry) => !isNothing(entry));
  const codes = entries.flatMap((entry) => codeOf(entry) ?? []);
  return { data: codes, unreadable: codes.length < entries.length ? [name] : [] };
}

/**
 * The code of an entry: `"VLD_…"`, `{code, message}` or `{status_code: {code, message}, where}`, all three of which are
 * printed; null where it has none. No schema: a union of three that fails costs 10 µs, and a body of 1 MiB can hold
 * 350,000 entries.
 */
function codeOf(entry: unknown): string | null {
  return (
    asCode(entry) ??
    asCode(memberOf(entry, 'code')) ??
    asCode(memberOf(memberOf(entry, 'status_code'), 'code'))
  );
}

/**
 * Each code once. One that we do not know has code and category `other`; no known one has that code, which is
 * what unknown ones are counted by.
 */
export function reasonsOf(codes: readonly string[]): Reason[] {
  return [...new Set(codes)].map((code) => mapReason(meanings, code));
}

/** Blank text says that there is no code. */
function isNothing(entry: unknown): boolean {
  return entry === undefined || entry === null || (typeof entry === 'string' && entry.trim() === '');
}
