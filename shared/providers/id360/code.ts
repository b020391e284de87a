import * as z from 'zod';

/**
 * A reason code of ID360, which becomes a part of the state. It contains no white space. The same keys may hold free text
 * with white space, which may quote a person, so such text is rejected.
 */
export const Code = z.union([z.string(), z.int().transform(String)]).refine(isCode);

/** Reads a code from any JSON value. @returns null if the value is no code */
export function parseCode(value: unknown): string | null {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && isCode(text) ? text : null;
}

/** The longest code, including white space around it. */
const longestCode = 120;

function isCode(text: string): boolean {
  return text.length <= longestCode && /^[\w.:$-]{1,100}$/.test(text.trim());
}
