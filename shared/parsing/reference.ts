/**
 * Checks whether a text can be the reference in a signed URL: 1 to 128 unreserved characters of RFC 3986, which no proxy
 * encodes or decodes. `.` and `..` are rejected, because in the path of a URL they mean this folder and the parent
 * folder.
 */
export function isReference(text: string): boolean {
  return /^[A-Za-z0-9._~-]{1,128}$/.test(text) && text !== '.' && text !== '..';
}
