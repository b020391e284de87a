import type { ArchivedArtifact } from '../contract/verification-event.ts';
import type { Artifact } from '../providers/evidence-source.ts';
import type { Archive } from './archive.ts';
import { archiveArtifact } from './archive-artifact.ts';
import { type Deadline, shareOf } from './deadline.ts';
import { archiveZipEntries, entriesFolder } from './zip-entries.ts';

/** An artifact that could not be archived in this try. */
export interface Failure {
  /** Null where not even the list of artifacts could be had. */
  readonly name: string | null;
  readonly required: boolean;
  readonly error: unknown;
}

/** What a try has archived, and what stood in the way of the rest. */
export interface Archived {
  readonly artifacts: readonly ArchivedArtifact[];
  readonly failures: readonly Failure[];
}

/** Archives one artifact after the other; one that fails, or takes too long, does not lose the others. */
export async function archiveArtifacts(
  archive: Archive,
  folder: string,
  artifacts: readonly Artifact[],
  deadline: Deadline,
): Promise<Archived> {
  const archived: ArchivedArtifact[] = [];
  const failures: Failure[] = [];
  const attempt = async (name: string, required: boolean, work: () => Promise<ArchivedArtifact[]>) => {
    try {
      const stored = await work();
      archived.push(...stored);
      return stored;
    } catch (error) {
      failures.push({ name, required, error });
      return [];
    }
  };
  for (const [index, artifact] of artifacts.entries()) {
    const signal = shareOf(deadline, index < artifacts.length - 1);
    const stored = await attempt(artifact.name, artifact.required, async () => [
      await archiveArtifact(archive, folder, artifact, signal),
    ]);
    for (const zip of artifact.unpack ? stored : []) {
      await attempt(entriesFolder, true, () => archiveZipEntries(archive, folder, zip, signal));
    }
  }
  return { artifacts: archived, failures };
}
