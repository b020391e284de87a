/**
 * Checks whether a text can be the reference in a callback URL: 1 to 128 unreserved characters of RFC 3986, which no
 * proxy encodes or decodes. `.` and `..` are rejected, because URLs resolve them as steps of the path.
 */
export function isReference(text: string): boolean {
  return /^[A-Za-z0-9._~-]{1,128}$/.test(text) && text !== '.' && text !== '..';
}
