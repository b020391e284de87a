import { losesDigits } from './loses-digits.ts';

/**
 * Finds in valid JSON the beginning of a string, or a whole number that may lose digits: a number with at least 16 digits
 * or dots, or with an exponent of at least three digits. Any other number has at most 15 digits and an exponent below
 * 100, and JavaScript keeps all digits of such numbers.
 */
const stringOrLongNumber = /"|-?[\d.]{16,}(?:[eE][+-]?\d+)?|-?\d[\d.]*[eE][+-]?\d{3,}/g;

/**
 * Puts quotation marks around each number of a JSON text that would lose digits. Then JSON.parse returns the number as
 * text, with all its digits.
 *
 * A reviver of JSON.parse could do the same with `context.source`, but needs ten times the time of JSON.parse for a body
 * of many small objects, and overflows the stack if a body is nested deeply.
 *
 * @param json valid JSON
 * @returns the same text if no number loses digits
 */
export function quoteNumbersThatLoseDigits(json: string): string {
  if (!mayContainLongNumber(json)) return json;
  const parts: string[] = [];
  let copied = 0;
  stringOrLongNumber.lastIndex = 0;
  let match = stringOrLongNumber.exec(json);
  while (match !== null) {
    const [found] = match;
    if (found === '"') {
      stringOrLongNumber.lastIndex = findEndOfString(json, match.index);
    } else if (losesDigits(found)) {
      parts.push(json.slice(copied, match.index), `"${found}"`);
      copied = stringOrLongNumber.lastIndex;
    }
    match = stringOrLongNumber.exec(json);
  }
  return copied === 0 ? json : [...parts, json.slice(copied)].join('');
}

const longExponent = /\d[eE][+-]?\d{3}/;

/** The number of characters of a number from which it may lose digits. */
const longRun = 16;

/**
 * Checks quickly whether a text may contain a number that loses digits. The answer is also true for such digits inside a
 * string. Only each 16th character is read in most texts: a run of 16 digits contains one of them.
 */
function mayContainLongNumber(text: string): boolean {
  for (let at = longRun - 1; at < text.length; at += longRun) {
    if (!isDigitOrDot(text, at)) continue;
    let start = at;
    while (isDigitOrDot(text, start - 1)) start--;
    let end = at + 1;
    while (isDigitOrDot(text, end)) end++;
    if (end - start >= longRun) return true;
  }
  return longExponent.test(text);
}

function isDigitOrDot(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return (code >= 0x30 && code <= 0x39) || code === 0x2e;
}

/** Returns the index after the closing quotation mark. One with an odd number of backslashes before it closes nothing. */
function findEndOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (countBackslashesBefore(json, end) % 2 === 1) end = json.indexOf('"', end + 1);
  return end + 1;
}

function countBackslashesBefore(text: string, index: number): number {
  let first = index;
  while (text[first - 1] === '\\') first--;
  return index - first;
}
