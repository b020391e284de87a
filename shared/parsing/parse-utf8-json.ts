/**
 * Parses JSON in UTF-8. A byte order mark is allowed.
 *
 * @throws TypeError if the bytes are not UTF-8, or SyntaxError if the text is not JSON. The error's message must not be
 * logged, because it may quote the text, and the text may hold personal data.
 */
export function parseUtf8Json(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}
