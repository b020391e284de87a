/** Which messages a redrive moves. */
export interface MovedMessages {
  /** Undefined for all causes. */
  readonly cause: string | undefined;
  /** The highest number of messages. */
  readonly most: number;
  /** Stops between two messages. */
  readonly signal: AbortSignal;
}

/** A place with messages that can be sent to their queue again. */
export interface RedriveSource {
  /** @example 'dead letters of idnow', 'parked events' */
  readonly name: string;
  /** The number of messages by cause. */
  readonly counts: Readonly<Record<string, number>>;
  /**
   * Sends messages to their queue, and deletes each one after it was sent.
   *
   * @returns the number of moved messages
   */
  move(messages: MovedMessages): Promise<number>;
  /** Makes what was not moved visible again, at once. */
  release(): Promise<void>;
}

/** Counts values. @example countBy(['a', 'b', 'a']) // { a: 2, b: 1 } */
export function countCauses(causes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const cause of causes) counts[cause] = (counts[cause] ?? 0) + 1;
  return counts;
}
