import type { ArchivedArtifact, MissingArtifact } from '../../contract/verification-event.ts';
import { EvidenceError, type FailureKind } from '../../provider-api/evidence-error.ts';

/** An artifact that a try could not archive. */
export interface ArtifactFailure {
  /**
   * The artifact's name; null if the whole try failed, for example because the list of artifacts could not be fetched.
   */
  readonly name: string | null;
  /**
   * The artifact's name in logs. It replaces `name` if the provider or a person chose `name`, because such a name may
   * hold personal data.
   */
  readonly label?: string;
  /** True if the job cannot succeed without the artifact. */
  readonly required: boolean;
  readonly error: unknown;
}

/** The artifacts of a job that are in the bucket after a try, and the failures of the others. */
export interface CollectedArtifacts {
  readonly artifacts: readonly ArchivedArtifact[];
  readonly failures: readonly ArtifactFailure[];
}

/** Returns the artifacts that could not be archived, each with the kind of its failure as the reason. */
export function listMissingArtifacts(failures: readonly ArtifactFailure[]): MissingArtifact[] {
  return failures.flatMap(({ name, error }) =>
    name === null ? [] : [{ name, reason: getFailureKind(error) }],
  );
}

/** Returns the kind of a failure. An unexpected exception counts as `transient`. */
export function getFailureKind(error: unknown): FailureKind {
  return error instanceof EvidenceError ? error.kind : 'transient';
}
