/** Every UTF-16 unit of a character above U+FFFF (or of half of one), and the two that XML 1.0 excludes. */
const escaped = /[\uD800-\uDFFF\uFFFE\uFFFF]/g;

/**
 * JSON as every SQS takes it: the characters that SQS refuses (U+FFFE, U+FFFF, lone surrogates), and those
 * above U+FFFF, which AWS takes and some emulators refuse, become `\uXXXX` escapes. `JSON.parse` gives the
 * same value. Applying it twice changes nothing.
 *
 * @param json JSON text, where such characters can stand in strings only
 * @example escapeForSqs('{"name":"😀"}') === '{"name":"\\ud83d\\ude00"}'
 */
export function escapeForSqs(json: string): string {
  return json.replace(escaped, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

/** The bytes that SQS counts for a body: those of `escapeForSqs(json)` in UTF-8. */
export function sqsBytes(json: string): number {
  return Buffer.byteLength(escapeForSqs(json));
}
