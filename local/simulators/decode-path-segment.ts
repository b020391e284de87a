/** Decodes one segment of a URL path. If its percent encoding is invalid, returns the segment unchanged. */
export function decodePathSegment(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A segment with an invalid encoding is no known id, so the simulator answers 404, as for any unknown id.
    return part;
  }
}
