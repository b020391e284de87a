/** Checks the bytes of an artifact while they stream, with bounded memory. */
export interface ContentCheck {
  /** The content type that the check recognizes, which replaces the declared type; null if it recognizes none. */
  readonly contentType: string | null;
  /** The reason why the file is refused because of its first bytes. The rest of such a file is not downloaded. */
  readonly refusedAtOnce?: string;
  /** Takes the next bytes of the file. Push all bytes in order, and each byte once. @throws EvidenceError */
  push(chunk: Uint8Array): void;
  /** Returns the result of the check. Call it after all bytes have been pushed. The promise never rejects. */
  end(): Promise<ContentCheckResult>;
}

/**
 * The end of a file, compared with the ends of other files of its type:
 *
 * - `whole`: the file ends like a complete file.
 * - `cut`: the end of the file is certainly missing.
 * - `unusual-end`: the file does not end like other files. It was cut off, or a program wrote something after its end.
 * - `open-ended`: files of this type do not show where they end.
 */
export type FileCompleteness = 'whole' | 'cut' | 'unusual-end' | 'open-ended';

/** The result of a check. The `reason` of a refusal never quotes the content of the file. */
export type ContentCheckResult =
  | { readonly kind: FileCompleteness }
  | { readonly kind: 'refused'; readonly reason: string };

export const checkResultForWholeFile: ContentCheckResult = { kind: 'whole' };

export const makeRefusedCheckResult = (reason: string): ContentCheckResult => ({ kind: 'refused', reason });

/** Makes a check that refuses a file because of its first bytes. */
export const makeRefusingContentCheck = (reason: string): ContentCheck => ({
  contentType: null,
  refusedAtOnce: reason,
  push: () => undefined,
  end: async () => makeRefusedCheckResult(reason),
});

/** Checks the end of a file while its bytes stream. */
export interface FileEndCheck {
  push(chunk: Uint8Array): void;
  result(): FileCompleteness;
}
