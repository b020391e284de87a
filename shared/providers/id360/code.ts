import { findByCode } from '../../parsing/find-by-code.ts';
import type { ReasonMeaning } from '../../parsing/reasons.ts';
import { id360ReasonByStatusCode } from './status-codes.ts';

export const meaningByReasonCode: ReadonlyMap<string, ReasonMeaning> = new Map(
  Object.entries(id360ReasonByStatusCode),
);

/**
 * Reads a text that is a reason code of ID360, which becomes a part of the state. ID360 also sends text for people under
 * the same keys, such as `Expired`. So a text is a code only if it is a known one, or has the form of the known codes:
 * letters in upper case, digits and `_`.
 *
 * @returns null if the value is no reason code
 */
export function parseId360ReasonCode(value: unknown): string | null {
  const text = textOf(value);
  const isCode = text !== null && (/^[A-Z\d_]{1,100}$/.test(text.trim()) || isKnown(text));
  return isCode ? text : null;
}

/**
 * Reads the member `code` of a reason. Its name says that it is a code, so it may have another form than the known codes.
 *
 * @returns null if the value contains white space, or is too long
 */
export function parseId360CodeMember(value: unknown): string | null {
  const text = textOf(value);
  return text !== null && /^[\w.:$-]{1,100}$/.test(text.trim()) ? text : null;
}

/** The maximum length of an ID360 reason code, including white space around it. */
const longestCode = 120;

function textOf(value: unknown): string | null {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && text.length <= longestCode ? text : null;
}

const isKnown = (text: string) => findByCode(meaningByReasonCode, text) !== null;
