import type { ArchivedArtifact } from '../../contract/verification-event.ts';

/** An artifact that could not be archived in this try. */
export interface Failure {
  /** Null where not even the list of artifacts could be had. */
  readonly name: string | null;
  /** Names it in logs, where `name` holds what the provider or a person has written. */
  readonly label?: string;
  readonly required: boolean;
  readonly error: unknown;
}

/** What a try has archived, and what stood in the way of the rest. */
export interface Archived {
  readonly artifacts: readonly ArchivedArtifact[];
  readonly failures: readonly Failure[];
}
