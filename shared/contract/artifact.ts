import type { ArtifactContent, ProviderHash } from './artifact-content.ts';

/**
 * How a transfer shows that it is complete:
 *
 * - `length`: the provider announced the number of bytes.
 * - `last-chunk`: the provider marked the last chunk. A proxy also marks the last chunk of a transfer that was cut off.
 * - `close`: the connection closed. A transfer that was cut off looks the same.
 */
export type Ending = 'length' | 'last-chunk' | 'close';

/** The transfer of a file from the provider. */
export interface Download {
  readonly body: AsyncIterable<Uint8Array>;
  /** The number of bytes that the provider announced; null if it announced none. */
  readonly length: number | null;
  readonly ending: Ending;
  /** Replaces the artifact's content type, if only the response states the type. */
  readonly contentType?: string;
}

/** A file of the provider that a job archives. Its transfer starts with `open`. */
export interface Artifact {
  /** The path below the job's folder: `ident.zip`, `documents/identity-1.jpg`. */
  readonly name: string;
  /** Replaces the name in logs and errors, if the provider or a person wrote the name. */
  readonly label?: string;
  readonly contentType: string;
  /** What the bytes must be. Other bytes are not archived, and the file is requested again. */
  readonly content: ArtifactContent;
  /** The provider's own hash of the file, if the provider gives one. */
  readonly providerHash?: ProviderHash;
  /** Whether the entries of this ZIP are archived too, under `files/`. */
  readonly unpack: boolean;
  /**
   * A job fails without a required artifact. The manifest lists another artifact as missing, once the provider no
   * longer has the artifact or the provider's deadline has passed.
   */
  readonly required: boolean;
  /** Starts the transfer. @throws EvidenceError */
  open(signal: AbortSignal): Promise<Download>;
}
