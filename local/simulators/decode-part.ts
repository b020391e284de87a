/** A part of a path as it was before it was encoded. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray percent sign: nothing has such an id.
    return part;
  }
}
