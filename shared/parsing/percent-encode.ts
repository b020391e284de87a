/**
 * Percent-encodes all characters except letters, digits and `-._~`, the unreserved characters of RFC 3986. So the result
 * contains no `:` or `#`, which separate the parts of our ids, and SQS accepts it in a message group id.
 */
export function percentEncode(part: string): string {
  // `encodeURIComponent` leaves these five reserved characters unchanged.
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
