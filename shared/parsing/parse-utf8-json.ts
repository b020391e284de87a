/**
 * Parses JSON in UTF-8. A byte order mark is allowed.
 *
 * @throws TypeError if the bytes are not UTF-8, or SyntaxError if the text is not JSON. The message may quote the text, so it
 * must not be logged: the text may hold personal data.
 */
export function parseUtf8Json(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
}
