/** What the bytes of an artifact must be. A status of 200 alone proves nothing. */
export type ArtifactContent =
  /** JSON in UTF-8 that describes the requested case. */
  | { readonly kind: 'json'; readonly describesCase: (json: unknown) => boolean }
  /** A ZIP with a readable directory at its end, or a container in ZIP format (ASiC-E). */
  | { readonly kind: 'zip' }
  | { readonly kind: 'pdf' }
  /** An image, a PDF, a video, a recording, a ZIP or other binary data. Text is refused, because it is an error message. */
  | { readonly kind: 'document' }
  /** Bytes that are checked already, such as the entry of an archived ZIP. */
  | { readonly kind: 'checked' };

/** The provider's hash of a file, in the provider's own notation. */
export interface ProviderHash {
  /** For example `MD5`. */
  readonly algorithm: string;
  /** Hexadecimal or Base64. */
  readonly value: string;
}
