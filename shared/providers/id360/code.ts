import * as z from 'zod';

/**
 * A code as ID360 gives it, which becomes a part of the state. It has no white space: what has some is free text
 * under the same keys, and may quote a person.
 */
export const Code = z.union([z.string(), z.int().transform(String)]).refine(isCode);

/** The same, of any value: null where it is none. */
export function asCode(value: unknown): string | null {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && isCode(text) ? text : null;
}

/** As it came, with the white space around it. */
const longest = 120;

function isCode(text: string): boolean {
  return text.length <= longest && /^[\w.:$-]{1,100}$/.test(text.trim());
}
