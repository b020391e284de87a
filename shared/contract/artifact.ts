import type { ExpectedArtifactContent, FileHashFromProvider } from './artifact-content.ts';

/**
 * The way in which the end of an HTTP transfer is recognized:
 *
 * - `length`: the provider announced the number of bytes.
 * - `last-chunk`: the provider marked the last chunk. A proxy may also mark a last chunk after it received only a part of
 *   the file.
 * - `close`: only the closed connection marks the end. A transfer that broke off looks the same.
 */
export type TransferEndMarker = 'length' | 'last-chunk' | 'close';

/** The transfer of a file from the provider. */
export interface ArtifactDownload {
  readonly body: AsyncIterable<Uint8Array>;
  /** The announced number of bytes; null if the provider announced none. */
  readonly length: number | null;
  readonly ending: TransferEndMarker;
  /** The content type from the response. If it is set, it replaces the content type of the artifact. */
  readonly contentType?: string;
}

/** A file that a job fetches from the provider and archives. `open` starts the transfer. */
export interface Artifact {
  /** The path below the job's folder: `ident.zip`, `documents/identity-1.jpg`. */
  readonly name: string;
  /**
   * The file's name in logs and errors. It replaces `name` if the provider or a person chose `name`, because such a name
   * may hold personal data.
   */
  readonly label?: string;
  readonly contentType: string;
  /** The content that the file must have. Other content is not archived, and a later try requests the file again. */
  readonly content: ExpectedArtifactContent;
  /** The provider's own hash of the file, if the provider gives one. */
  readonly providerHash?: FileHashFromProvider;
  /** True if the entries of this ZIP are archived too, below `files/`. */
  readonly unpack: boolean;
  /**
   * True: the job is given up if it cannot archive the artifact. False: if no further try can archive the artifact, the
   * manifest lists it as missing.
   */
  readonly required: boolean;
  /** Starts the transfer of the file from the provider. @throws EvidenceError */
  open(signal: AbortSignal): Promise<ArtifactDownload>;
}
