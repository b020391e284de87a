import type { Artifact } from '../../contract/evidence-source.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { archiveArtifact } from './archive-artifact.ts';
import type { Archived, Failure } from './collected.ts';
import { type Deadline, shareOf } from './deadline.ts';
import type { Archive } from './evidence-store.ts';
import { archiveZipEntries, entriesFolder } from './zip-entries.ts';

export type { Archived, Failure } from './collected.ts';

/**
 * Archives one artifact after the other; one that fails does not lose the others. Each has an equal share of the
 * time that is left, so that those which hang or trickle take nobody's turn; what its share was too short for gets
 * another go with what the others have left over.
 *
 * @param mayBeUnproven whether to take files whose end nothing proves, where two transfers bring the same bytes
 */
export async function archiveArtifacts(
  archive: Archive,
  folder: string,
  artifacts: readonly Artifact[],
  deadline: Deadline,
  mayBeUnproven = false,
): Promise<Archived> {
  const tasks = artifacts.map((artifact) => taskOf(archive, folder, { ...artifact, mayBeUnproven }));
  const first = await work(tasks, deadline);
  const second = await work(
    first.late.map(({ task }) => task),
    deadline,
  );
  const failed = [...first.failed, ...second.failed, ...second.late];
  return {
    artifacts: [...first.artifacts, ...second.artifacts],
    failures: [
      ...first.failures,
      ...second.failures,
      ...failed.map(({ task: { name, label, required }, error }) => ({ name, label, required, error })),
    ],
  };
}

interface Task {
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
  run(signal: AbortSignal): Promise<Archived>;
  /** What there is to do with what it has stored. */
  next(stored: readonly ArchivedArtifact[]): readonly Task[];
}

function taskOf(
  archive: Archive,
  folder: string,
  artifact: Artifact & { readonly mayBeUnproven: boolean },
): Task {
  const { name, label = name, required, unpack } = artifact;
  return {
    name,
    label,
    required,
    run: async (signal) => ({
      artifacts: [await archiveArtifact(archive, folder, artifact, signal)],
      failures: [],
    }),
    next: (stored) => (unpack ? stored.map((zip) => unpackTask(archive, folder, zip)) : []),
  };
}

function unpackTask(archive: Archive, folder: string, zip: ArchivedArtifact): Task {
  return {
    name: entriesFolder,
    label: entriesFolder,
    required: true,
    run: (signal) => archiveZipEntries(archive, folder, zip, signal),
    next: () => [],
  };
}

interface Unfinished {
  readonly task: Task;
  readonly error: unknown;
}

/** What a pass over tasks has come to; `late` are those that ran out of their share of the time. */
async function work(tasks: readonly Task[], deadline: Deadline) {
  const artifacts: ArchivedArtifact[] = [];
  const failures: Failure[] = [];
  const failed: Unfinished[] = [];
  const late: Unfinished[] = [];
  const waiting = [...tasks];
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    const signal = shareOf(deadline, waiting.length + 1);
    try {
      const stored = await task.run(signal);
      artifacts.push(...stored.artifacts);
      failures.push(...stored.failures);
      waiting.unshift(...task.next(stored.artifacts));
    } catch (error) {
      const ranOut = signal.aborted && !deadline.signal.aborted;
      (ranOut ? late : failed).push({ task, error });
    }
  }
  return { artifacts, failures, failed, late };
}
