import type { ArchivedArtifact } from '../contract/verification-event.ts';
import type { Archive } from './archive.ts';
import { archiveArtifact } from './archive-artifact.ts';
import type { Artifact } from './evidence-source.ts';
import { archiveZipEntries } from './zip-entries.ts';

/** An artifact that could not be archived in this try. */
export interface Failure {
  readonly name: string;
  readonly error: unknown;
}

/** What a try has archived, and what stood in the way of the rest. */
export interface Archived {
  readonly artifacts: readonly ArchivedArtifact[];
  readonly failures: readonly Failure[];
}

/** Archives one artifact after the other; one that fails does not lose the others. */
export async function archiveArtifacts(
  archive: Archive,
  folder: string,
  artifacts: readonly Artifact[],
  signal: AbortSignal,
): Promise<Archived> {
  const archived: ArchivedArtifact[] = [];
  const failures: Failure[] = [];
  for (const artifact of artifacts) {
    try {
      const stored = await archiveArtifact(archive, folder, artifact, signal);
      archived.push(stored);
      if (artifact.unpack) archived.push(...(await archiveZipEntries(archive, folder, stored, signal)));
    } catch (error) {
      failures.push({ name: artifact.name, error });
    }
  }
  return { artifacts: archived, failures };
}
