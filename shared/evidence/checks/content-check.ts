/** Checks the bytes of an artifact while they stream, with bounded memory. */
export interface ContentCheck {
  /** The type of the content, if the check recognizes it. It replaces the declared type. */
  readonly contentType: string | null;
  /** Why the first bytes are enough to refuse the file. The rest is not downloaded then. */
  readonly refusedAtOnce?: string;
  /** Takes the bytes in order, each byte once. @throws EvidenceError */
  push(chunk: Uint8Array): void;
  /** Says whether the bytes are what they must be, once all bytes have been pushed. Never rejects. */
  end(): Promise<CheckResult>;
}

/**
 * How a file ends:
 *
 * - `whole`: like a complete file of its kind.
 * - `cut`: its end is certainly missing.
 * - `unusual-end`: unlike other files of its kind. It was cut off, or a program wrote something after its end.
 * - `open-ended`: files of its kind do not show where they end.
 */
export type FileEnd = 'whole' | 'cut' | 'unusual-end' | 'open-ended';

/** The `reason` of a refusal never quotes the content. */
export type CheckResult = { readonly kind: FileEnd } | { readonly kind: 'refused'; readonly reason: string };

export const whole: CheckResult = { kind: 'whole' };

export const refused = (reason: string): CheckResult => ({ kind: 'refused', reason });

/** The check of a file that its first bytes are enough to refuse. */
export const refusedCheck = (reason: string): ContentCheck => ({
  contentType: null,
  refusedAtOnce: reason,
  push: () => undefined,
  end: async () => refused(reason),
});

/** Finds out how a file ends, while its bytes stream. */
export interface EndCheck {
  push(chunk: Uint8Array): void;
  result(): FileEnd;
}
