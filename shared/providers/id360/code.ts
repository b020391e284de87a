/**
 * Reads a reason code of ID360, which becomes a part of the state. A code contains no white space. ID360 also sends
 * sentences for people under the same keys; they are no codes.
 *
 * @returns null if the value is no reason code
 */
export function parseId360ReasonCode(value: unknown): string | null {
  const text = Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && isCode(text) ? text : null;
}

/** The maximum length of an ID360 reason code, including white space around it. */
const longestCode = 120;

function isCode(text: string): boolean {
  return text.length <= longestCode && /^[\w.:$-]{1,100}$/.test(text.trim());
}
