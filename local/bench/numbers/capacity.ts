/** One write request unit pays for a write of up to 1 KB. Each write costs at least one unit. */
export function countWriteUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1024));
}

/** One read request unit pays for a consistent read of up to 4 KB. Each read costs at least one unit. */
export function countReadUnits(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 4096));
}

/**
 * Returns the units of a write that replaces an item. AWS counts the larger of both items, even if a condition fails
 * and nothing is written.
 */
export function countReplacementUnits(bytesBefore: number, bytesAfter: number): number {
  return countWriteUnits(Math.max(bytesBefore, bytesAfter));
}
