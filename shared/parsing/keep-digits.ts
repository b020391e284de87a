import { losesDigits } from './loses-digits.ts';

/**
 * Finds the numbers of a JSON text that may lose digits: those with at least 16 digits or dots, or with an exponent of at
 * least three digits. Any other number has at most 15 digits and an exponent below 100, and JavaScript keeps all digits of
 * such numbers. The first group is the character before the number.
 */
const longNumbers = /(^|[\s,:[])(-?[\d.]{16,}(?:[eE][+-]?\d+)?|-?\d[\d.]*[eE][+-]?\d{3,})/g;

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
  const isInString = createStringLocator(json);
  return json.replace(longNumbers, (found, before: string, number: string, index: number) =>
    losesDigits(number) && !isInString(index) ? `${before}"${number}"` : found,
  );
}

const longExponent = /\d[eE][+-]?\d{3}/;

/** The number of characters of a number from which it may lose digits. */
const longRun = 16;

/**
 * Checks quickly whether a text may contain a number that loses digits. The answer is also true for such digits inside a
 * string. In most texts, only each 16th character is read, because a run of 16 digits contains one of them.
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

/**
 * Returns a function that checks whether an index of a JSON text is inside a string. It must be called with ascending
 * indexes, because it goes through the text only once.
 */
function createStringLocator(json: string): (index: number) => boolean {
  let start = 0;
  let end = 0;
  return (index) => {
    while (end <= index) {
      start = json.indexOf('"', end);
      if (start === -1) start = json.length;
      end = findEndOfString(json, start);
    }
    return index > start;
  };
}

/** Returns the index after the closing quotation mark. A mark after an odd number of backslashes closes nothing. */
function findEndOfString(json: string, start: number): number {
  for (let end = start + 1; end < json.length; end++) {
    end = json.indexOf('"', end);
    if (end === -1) break;
    if (countBackslashesBefore(json, end) % 2 === 0) return end + 1;
  }
  return json.length + 1;
}

function countBackslashesBefore(text: string, index: number): number {
  let first = index;
  while (text[first - 1] === '\\') first--;
  return index - first;
}
