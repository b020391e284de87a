import { quoteNumbersThatLoseDigits } from './keep-digits.ts';

/**
 * Parses JSON in UTF-8. A byte order mark is allowed. A number that JavaScript cannot keep becomes a text with all its
 * digits: `12345678901234567890` becomes `'12345678901234567890'`. So two bodies that differ in the last digit of a
 * number have different values and different fingerprints.
 *
 * @throws TypeError if the bytes are not UTF-8, or SyntaxError if the text is not JSON. The error's message must not be
 * logged, because it may quote the text, and the text may hold personal data.
 */
export function parseUtf8Json(bytes: Uint8Array): unknown {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  // Parse the text before the numbers are quoted, because `01234567890123456789` must stay an error.
  const value: unknown = JSON.parse(text);
  const quoted = quoteNumbersThatLoseDigits(text);
  return quoted === text ? value : JSON.parse(quoted);
}
