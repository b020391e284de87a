import type { Artifact } from './artifact.ts';
import type { EvidenceJob } from './evidence-job.ts';
import type { Findings } from './identity.ts';
import type { Outcome, Reason } from './state.ts';
import type { Hint, Lookup, Transition } from './transition.ts';

/** A file in a ZIP. */
export interface ZipFileContent {
  /** The name as the ZIP states it. */
  readonly fileName: string;
  readonly uncompressedSize: number;
  /** Fetched when it is read. It can be read once. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** Reads the files of an archived ZIP. @param name the name of the artifact. @throws EvidenceError */
export type ReadZip = (name: string) => AsyncIterable<ZipFileContent>;

/** What a provider has about a case. */
export interface Evidence {
  /** The caller's own id, if the evidence contains it. It is used if the webhook gave none. */
  readonly reference: string | null;
  /** Why the outcome is what it is, if the evidence says so. They are added to the reasons of the webhook. */
  readonly reasons?: readonly Reason[];
  /** The outcome that `reasons` belong to; null if the evidence contains none. */
  readonly outcome?: Outcome | null;
  /** The files to archive. */
  readonly artifacts: readonly Artifact[];
  /**
   * Reads what the evidence says about the person, once all artifacts are archived. `idv.evidence.archived.v1` publishes
   * the findings, but the claims only if the verification is approved.
   */
  findings(readZip: ReadZip): Promise<Findings>;
}

/** What an archived result says and lists. */
export interface Conclusion extends Evidence {
  /** What the result decides; null if it decides nothing. It is the same in each try of a job. */
  readonly transition: Transition<Lookup> | null;
}

interface Source {
  /** How long jobs are retried, counted from their request: the time for which the provider keeps the evidence. */
  readonly deadlineSeconds: number;
}

/** A provider whose webhooks decide. Its jobs only archive files (IDnow). */
export interface FileSource extends Source {
  readonly kind: 'files';
  /** Lists the files of a case. @throws EvidenceError */
  list(job: EvidenceJob, signal: AbortSignal): Promise<Evidence>;
}

/** Two results of one case. */
export interface ResultPair {
  /** The event that requested the evidence which `archived` belongs to. */
  readonly sequence: number;
  /** Null if the result that was requested last is not in the archive. */
  readonly archived: Uint8Array | null;
  /** The result that the provider has now. */
  readonly current: Uint8Array;
}

/**
 * A provider whose result decides (ID360, Datakeen). A job archives the result before it concludes anything from the
 * bytes, so that all tries of the job conclude the same.
 */
export interface ResultSource extends Source {
  readonly kind: 'result';
  /** The name of the result in the archive: `report.json`. */
  readonly resultName: string;
  readonly contentType: string;
  /** Fetches the result. @throws EvidenceError if the provider has no usable result of this case */
  fetchResult(job: EvidenceJob, signal: AbortSignal): Promise<Uint8Array>;
  /** Reads an archived result. Makes no calls. `artifacts` lists the files beside the result. @throws EvidenceError if the bytes are no result of this case */
  conclude(job: EvidenceJob, result: Uint8Array): Conclusion;
  /**
   * Compares the archived result with the current one. Makes no calls. Only for a provider whose repeated hints may mean
   * something new (`onRepeat`).
   *
   * @returns a hint that requests a new archive; null if both results say the same
   * @throws EvidenceError if the bytes are no result
   */
  compare?(job: EvidenceJob, results: ResultPair): Transition<Hint> | null;
}

/** The fetching half of a provider. */
export type EvidenceSource = FileSource | ResultSource;
