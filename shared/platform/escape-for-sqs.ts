/**
 * The characters to escape: surrogates, which encode the characters above U+FFFF, and two characters that XML 1.0
 * excludes.
 */
const charactersToEscape = /[\uD800-\uDFFF\uFFFE\uFFFF]/g;

/**
 * Escapes JSON text for SQS. Characters that SQS refuses (U+FFFE, U+FFFF, lone surrogates) become `\uXXXX` escapes. So do
 * characters above U+FFFF, which AWS accepts but some emulators refuse. `JSON.parse` returns the same value. A second call
 * changes nothing.
 *
 * @param json JSON text: such characters occur only in its strings
 * @example escapeForSqs('{"name":"😀"}') === '{"name":"\\ud83d\\ude00"}'
 */
export function escapeForSqs(json: string): string {
  return json.replace(charactersToEscape, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

/** Returns the size of a message body as SQS counts it: the UTF-8 bytes of `escapeForSqs(json)`. */
export function countSqsBodyBytes(json: string): number {
  return Buffer.byteLength(escapeForSqs(json));
}
