import type { Reason } from '../../contract/state.ts';
import { getJsonMember } from '../../parsing/member-of.ts';
import { mapReasonCode } from '../../parsing/reasons.ts';
import { meaningByReasonCode, parseId360CodeMember, parseId360ReasonCode } from './code.ts';

/** Reads the codes of a section. The section may be one entry, a list of entries, or missing. */
export function readId360ReasonCodes(section: unknown): string[] {
  return [section].flat(1).flatMap((entry) => codeIn(entry) ?? []);
}

/**
 * Returns the reason code of an entry. ID360's documentation shows three forms: `"VLD_…"`, `{code, message}` and
 * `{status_code: {code, message}, where}`. No zod schema is used: a union that fails takes 10 µs per entry, and a body
 * of 1 MiB can contain 350,000 entries.
 *
 * @returns null if the entry has no code
 */
function codeIn(entry: unknown): string | null {
  return (
    parseId360ReasonCode(entry) ??
    parseId360CodeMember(getJsonMember(entry, 'code')) ??
    parseId360CodeMember(getJsonMember(getJsonMember(entry, 'status_code'), 'code'))
  );
}

/** Returns one reason for each different reason code of ID360. */
export function mapId360ReasonCodes(codes: readonly string[]): Reason[] {
  return [...new Set(codes)].map((code) => mapReasonCode(meaningByReasonCode, code));
}
