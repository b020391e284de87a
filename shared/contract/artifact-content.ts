/**
 * The content that an artifact must have. Each download is checked for it, because an error message may also come with
 * status 200.
 */
export type ExpectedArtifactContent =
  /** JSON in UTF-8 that describes the requested case. */
  | { readonly kind: 'json'; readonly describesCase: (json: unknown) => boolean }
  /** A ZIP with a readable central directory at its end, or a container in ZIP format (ASiC-E). */
  | { readonly kind: 'zip' }
  | { readonly kind: 'pdf' }
  /**
   * An image, a PDF, a video, a recording, a ZIP or other binary data. Text is refused, because a provider that sends
   * text instead of a file reports an error.
   */
  | { readonly kind: 'document' }
  /**
   * An entry of an archived ZIP. Its content needs no check, because its length and CRC are checked when the ZIP is read.
   */
  | { readonly kind: 'checked' };

/** The hash that the provider gives for a file, in the provider's own notation. */
export interface FileHashFromProvider {
  /** The name of the hash algorithm, such as `MD5`. */
  readonly algorithm: string;
  /** The digest in hexadecimal or Base64. */
  readonly value: string;
}
