import type { ArtifactContent, ProviderHash } from './artifact-content.ts';
import type { EvidenceJob } from './evidence-job.ts';
import type { Findings } from './identity.ts';
import type { Outcome, Reason } from './state.ts';
import type { Hint, Lookup, Transition } from './transition.ts';

/** Bytes on their way from the provider. */
export interface Download {
  readonly body: AsyncIterable<Uint8Array>;
  /** What the provider announced, in bytes; null where it did not. */
  readonly length: number | null;
  readonly ending: Ending;
  /** Where only the answer says what it is: replaces the artifact's content type. */
  readonly contentType?: string;
}

/**
 * How a transfer shows that it is complete. `length`: it was announced. `last-chunk`: the sender says so, but a proxy
 * also says it of what it got from a connection that was cut. `close`: it does not, a cut connection looks the same.
 */
export type Ending = 'length' | 'last-chunk' | 'close';

/** One file of the archive, opened only when it is its turn. */
export interface Artifact {
  /** Below the job's folder: `ident.zip`, `documents/identity-1.jpg`. */
  readonly name: string;
  /** The name in logs and errors, where `name` holds what the provider or a person has written. */
  readonly label?: string;
  readonly contentType: string;
  /** What the bytes must be. Anything else is not archived, and asked for again. */
  readonly content: ArtifactContent;
  /** The provider's own hash of the file, where it gives one. */
  readonly providerHash?: ProviderHash;
  /** Archives the entries of this ZIP as well, under `files/`. */
  readonly unpack: boolean;
  /**
   * Without a required artifact the job fails. One that is not required and cannot be had leaves a gap, which
   * the manifest names, once the provider says that it is gone or its deadline is over.
   */
  readonly required: boolean;
  /** @throws EvidenceError */
  open(signal: AbortSignal): Promise<Download>;
}

/** One file of a ZIP, under the name that the ZIP has for it. Its body is fetched when it is read, once or not at all. */
export interface ZipFileContent {
  readonly fileName: string;
  readonly uncompressedSize: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/** What a job has archived, for the provider to look into. */
export interface ArchivedEvidence {
  /** The files of an archived ZIP, by the artifact's name. @throws EvidenceError */
  zipFiles(name: string): AsyncIterable<ZipFileContent>;
}

/** What a provider has on a verification. */
export interface FetchedEvidence {
  /** The caller's own id, where the evidence names it: kept where the webhook gave none. */
  readonly reference: string | null;
  /** Why the result is what it is, where the evidence tells: joins what the webhook gave. */
  readonly reasons?: readonly Reason[];
  /** The outcome that the evidence tells, which `reasons` are of; null where it tells none. */
  readonly outcome?: Outcome | null;
  readonly artifacts: readonly Artifact[];
  /**
   * What the evidence says of the person, once archived; published with `idv.evidence.archived`, but `claims` only
   * where the verification is approved by then.
   */
  findings(archived: ArchivedEvidence): Promise<Findings>;
  /** The lookup, if the evidence decides the outcome; the same in each try of a job. */
  readonly transition: Transition<Lookup> | null;
}

/**
 * Gives the result that decides a job: what a try of the job has archived, else what `ask` brings, once that is
 * archived. So all tries of a job conclude the same, and what has decided is in the archive.
 *
 * @throws EvidenceError that of `ask`; or `transient`, where the archive cannot be reached
 */
export type KeepResult = (
  name: string,
  contentType: string,
  ask: () => Promise<Uint8Array>,
  signal: AbortSignal,
) => Promise<Uint8Array>;

/** Reads an artifact; null where there is none of that name. @throws EvidenceError */
export type ReadArchived = (name: string) => Promise<Uint8Array | null>;

/** The evidence of a verification that was asked for last. */
export interface LastEvidence {
  /** Of the event that asked for it. */
  readonly sequence: number;
  /** Null where it is not in the archive. */
  readonly read: ReadArchived | null;
}

/** The fetching half of a provider. */
export interface EvidenceSource {
  /** How long the provider keeps what we want; jobs are tried until then. */
  readonly deadlineSeconds: number;
  /** @throws EvidenceError */
  fetch(job: EvidenceJob, keep: KeepResult, signal: AbortSignal): Promise<FetchedEvidence>;
  /**
   * Compares what the provider has now with the evidence that was asked for last; for a provider whose hints may
   * mean something new when they are repeated (`onRepeat`).
   *
   * @returns the hint that has it archived; null where it is archived, and says the same
   * @throws EvidenceError
   */
  compare?(job: EvidenceJob, last: LastEvidence, signal: AbortSignal): Promise<Transition<Hint> | null>;
}
