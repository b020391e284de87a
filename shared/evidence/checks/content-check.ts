/** Looks at the bytes of an artifact as they pass, with bounded memory. */
export interface ContentCheck {
  /** What the content is, where that can be told: replaces the type that was declared. */
  readonly contentType: string | null;
  /** Why the beginning alone cannot be what it must be; nothing more of it is downloaded then. */
  readonly refusedAtOnce?: string;
  /** Takes the bytes in order, each once. @throws EvidenceError */
  push(chunk: Uint8Array): void;
  /** Tells, once all bytes have come, whether they are what they must be. Never rejects. */
  end(): Promise<Verdict>;
}

/**
 * `whole`: it begins and ends as it must. `cut`: it lacks its end for certain. `unusual-end`: it does not end as files of
 * its kind do, because it was cut, or because a program has written something behind the end. `open-ended`: files of its
 * kind do not show where they end.
 */
export type EndVerdict = 'whole' | 'cut' | 'unusual-end' | 'open-ended';

/** @param why names what is wrong, never the content */
export type Verdict = { readonly kind: EndVerdict } | { readonly kind: 'refused'; readonly why: string };

export const whole: Verdict = { kind: 'whole' };

export const refused = (why: string): Verdict => ({ kind: 'refused', why });

/** The check of what its beginning has proven to be something else. */
export const refusedCheck = (why: string): ContentCheck => ({
  contentType: null,
  refusedAtOnce: why,
  push: () => undefined,
  end: async () => refused(why),
});

/** Follows a file to its end. */
export interface FileEnd {
  push(chunk: Uint8Array): void;
  verdict(): EndVerdict;
}
