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

/**
 * Archives one artifact after the other; one that fails does not lose the others. Each has an equal share of the
 * time that is left, so that those which hang or trickle take nobody's turn; what its share was too short for gets
 * another go with what the others have left over.
 */
export async function archiveArtifacts(
  archive: Archive,
  folder: string,
  artifacts: readonly Artifact[],
  deadline: Deadline,
): Promise<Archived> {
  const archived: ArchivedArtifact[] = [];
  const failures: Failure[] = [];
  const tasks = artifacts.map((artifact) => taskOf(archive, folder, artifact));
  const late = await work(tasks, deadline, archived, failures);
  const tooLate = await work(
    late.map(({ task }) => task),
    deadline,
    archived,
    failures,
  );
  failures.push(...tooLate.map(({ task: { name, required }, error }) => ({ name, required, error })));
  return { artifacts: archived, failures };
}

interface Task {
  readonly name: string;
  readonly required: boolean;
  run(signal: AbortSignal): Promise<ArchivedArtifact[]>;
  /** What there is to do with what it has stored. */
  next(stored: readonly ArchivedArtifact[]): readonly Task[];
}

function taskOf(archive: Archive, folder: string, artifact: Artifact): Task {
  const { name, required, unpack } = artifact;
  return {
    name,
    required,
    run: async (signal) => [await archiveArtifact(archive, folder, artifact, signal)],
    next: (stored) => (unpack ? stored.map((zip) => unpackTask(archive, folder, zip)) : []),
  };
}

function unpackTask(archive: Archive, folder: string, zip: ArchivedArtifact): Task {
  return {
    name: entriesFolder,
    required: true,
    run: (signal) => archiveZipEntries(archive, folder, zip, signal),
    next: () => [],
  };
}

/** @returns those that ran out of their share of the time */
async function work(
  tasks: readonly Task[],
  deadline: Deadline,
  archived: ArchivedArtifact[],
  failures: Failure[],
): Promise<{ readonly task: Task; readonly error: unknown }[]> {
  const late: { task: Task; error: unknown }[] = [];
  const waiting = [...tasks];
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    const signal = shareOf(deadline, waiting.length + 1);
    try {
      const stored = await task.run(signal);
      archived.push(...stored);
      waiting.unshift(...task.next(stored));
    } catch (error) {
      const ranOut = signal.aborted && !deadline.signal.aborted;
      if (ranOut) late.push({ task, error });
      else failures.push({ name: task.name, required: task.required, error });
    }
  }
  return late;
}
