/** A place with messages that can be sent to their queue again. */
export interface RedriveSource {
  /** @example 'dead letters of idnow', 'parked events' */
  readonly name: string;
  /** The number of messages by cause. */
  readonly counts: Readonly<Record<string, number>>;
  /**
   * Sends messages to their queue, and deletes each one after it was sent.
   *
   * @param cause undefined for all causes
   * @param most the highest number of messages
   * @returns the number of moved messages
   */
  move(cause: string | undefined, most: number): Promise<number>;
  /** Makes what was not moved visible again, at once. */
  release(): Promise<void>;
}

/** Counts values. @example countBy(['a', 'b', 'a']) // { a: 2, b: 1 } */
export function countCauses(causes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const cause of causes) counts[cause] = (counts[cause] ?? 0) + 1;
  return counts;
}
