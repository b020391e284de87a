/** What the bytes of an artifact must be: an answer of 200 proves nothing. */
export type ArtifactContent =
  /** JSON in UTF-8 that describes the very case that was asked for. */
  | { readonly kind: 'json'; readonly describesCase: (json: unknown) => boolean }
  /** A ZIP, or a container that is one (ASiC-E), with a readable directory at its end. */
  | { readonly kind: 'zip' }
  | { readonly kind: 'pdf' }
  /** An image, a PDF, a video, a recording, a ZIP, or other bytes; no text, which is an error message instead of a file. */
  | { readonly kind: 'document' }
  /** Bytes that were checked where they were read. */
  | { readonly kind: 'checked' };

/** The provider's hash of a file, as the provider writes it. */
export interface ProviderHash {
  /** `MD5` */
  readonly algorithm: string;
  /** Hexadecimal or Base64. */
  readonly value: string;
}
