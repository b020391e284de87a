/**
 * Percent-encodes all characters except the unreserved ones of RFC 3986. The result contains no separator of an id, and
 * SQS accepts it as a part of a message group id. Letters, digits and `-._~` stay unchanged.
 */
export function percentEncode(part: string): string {
  // encodeURIComponent does not encode these five reserved characters.
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
