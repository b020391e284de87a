/** Decodes one segment of a path. Returns the segment unchanged if its percent encoding is invalid. */
export function decodePathSegment(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // The percent encoding is invalid. No resource has this id, so the request ends with 404.
    return part;
  }
}
