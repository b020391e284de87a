/**
 * Percent-encodes all but RFC 3986's unreserved characters, so that a part of an id holds no separator, and
 * is legal as an SQS message group id. Ordinary names come out unchanged.
 */
export function percentEncode(part: string): string {
  // encodeURIComponent leaves five characters that are not unreserved ones.
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
