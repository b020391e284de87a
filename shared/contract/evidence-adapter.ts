import type { Artifact } from './artifact.ts';
import type { EvidenceJob } from './evidence-job.ts';
import type { Check, Findings } from './identity.ts';
import type { Outcome, Reason } from './state.ts';
import type { Hint, Lookup, Statement, Transition } from './transition.ts';

/** A file in a ZIP. */
export interface FileInZip {
  /** The name of the file in the ZIP, unchanged. */
  readonly fileName: string;
  readonly uncompressedSize: number;
  /** The content of the file. It is fetched from the bucket while it is read, and can be read only once. */
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Reads the files of an archived ZIP. @param name the name of the artifact, such as `ident.zip`. @throws EvidenceError
 */
export type ReadArchivedZip = (name: string) => AsyncIterable<FileInZip>;

/** The evidence that a provider has about one case. */
export interface Evidence {
  /**
   * The caller's own id of the case; null if the evidence does not contain it. It is used if no webhook gave a reference.
   */
  readonly reference: string | null;
  /** The reasons for the outcome, if the evidence contains reasons. They are added to the reasons of the webhook. */
  readonly reasons?: readonly Reason[];
  /** The outcome to which `reasons` belong; null if the evidence contains no outcome. */
  readonly outcome?: Outcome | null;
  readonly artifacts: readonly Artifact[];
  /**
   * The findings of the fetched result, complete. `claims` is empty unless this result approves the case. Null if the
   * evidence contains no findings that count, such as an ident that is older than its webhook.
   */
  readonly findings: Findings | null;
  /**
   * Makes checks on the content of the archived artifacts, such as a check of a signature. Call it after all artifacts
   * are archived. The checks are added to the provider's own checks. @throws EvidenceError
   */
  inspect?(readZip: ReadArchivedZip): Promise<readonly Check[]>;
}

/** The conclusion from an archived result: the transition that it decides, and the other artifacts to archive. */
export interface Conclusion extends Evidence {
  /**
   * The transition that the result decides; null if the result decides nothing. All tries of a job conclude the same
   * transition.
   */
  readonly transition: Transition<Lookup> | null;
}

/** Two results of the same case: the archived result, and the current result of the provider. */
export interface ArchivedAndCurrentResult {
  /** The sequence of the last event that requested evidence. `archived` is the result that this event requested. */
  readonly sequence: number;
  /** The archived result; null if the evidence that was requested last is not in the archive. */
  readonly archived: Uint8Array | null;
  /** The result that the provider returns now. */
  readonly current: Uint8Array;
}

/**
 * The code that fetches the evidence of one provider. A job archives the provider's result first, and concludes only from
 * the archived bytes. So all tries of a job come to the same conclusion.
 */
export interface EvidenceAdapter {
  /**
   * The time for which the provider keeps the evidence, counted from the request of the job. Until then, a job that fails
   * may be tried again.
   */
  readonly deadlineSeconds: number;
  /** The name of the result in the archive: `report.json`. */
  readonly resultName: string;
  readonly contentType: string;
  /** Fetches the result from the provider. @throws EvidenceError if the provider has no usable result of this case */
  fetchResult(job: EvidenceJob, signal: AbortSignal): Promise<Uint8Array>;
  /**
   * Makes the conclusion from an archived result. Makes no calls. `artifacts` of the conclusion lists the files beside
   * the result.
   *
   * @throws EvidenceError if the bytes are not a result of this case
   */
  conclude(job: EvidenceJob, result: Uint8Array): Conclusion;
  /**
   * Compares the archived result with the current result. Makes no calls. A provider has this function only if its
   * repeated hints may report a new result (`onRepeat`).
   *
   * @returns a hint that requests a new archive; null if both results say the same
   * @throws EvidenceError if the bytes are not a result of this case
   */
  compare?(job: EvidenceJob, results: ArchivedAndCurrentResult): Transition<Hint> | null;
}

/** The parts of a job that say which case to look up. `providerStatus` is the last known one. */
export type CaseToLookUp = Pick<EvidenceJob, 'verificationId' | 'reference' | 'sequence' | 'providerStatus'>;

/** The code that looks up cases at one provider. */
export interface CaseLookup {
  /**
   * Asks the provider about a case whose webhook may be lost. The answer becomes the transition of that webhook: a
   * statement of the case's state, or a hint that a result exists. So it is decided and archived in the same way.
   *
   * @returns null if the provider has no data of the case (yet)
   * @throws EvidenceError if the provider cannot be asked now, or if its answer is not understood
   */
  lookUp(of: CaseToLookUp, signal: AbortSignal): Promise<Transition<Hint | Statement> | null>;
}
