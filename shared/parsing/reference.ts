/**
 * Whether a text can be the reference in a callback URL: 1 to 128 of RFC 3986's unreserved characters, which nobody on
 * the way encodes or decodes. `.` and `..` would be resolved as steps of the path.
 */
export function isReference(text: string): boolean {
  return /^[A-Za-z0-9._~-]{1,128}$/.test(text) && text !== '.' && text !== '..';
}
