import type { Artifact } from '../../contract/artifact.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { archiveArtifact } from './archive-artifact.ts';
import type { ArtifactFailure, CollectedArtifacts } from './collected.ts';
import { createTimeShareAbortSignal, type Deadline } from './deadline.ts';
import type { EvidenceStore } from './evidence-store.ts';
import { archiveZipEntries, zipEntriesFolder } from './zip-entries.ts';

/**
 * Archives artifacts one after the other. A failed artifact does not stop the others.
 *
 * Each artifact gets an equal share of the remaining time, so that a slow artifact takes no time from the others. If its
 * share was too short, the artifact gets a second turn with the time that the others have left over.
 *
 * @param mayBeUnproven true if a file without a proven end is accepted, once two transfers have returned the same bytes
 */
export async function archiveArtifacts(
  store: EvidenceStore,
  folder: string,
  artifacts: readonly Artifact[],
  deadline: Deadline,
  mayBeUnproven = false,
): Promise<CollectedArtifacts> {
  const tasks = artifacts.map((artifact) => archiveTask(store, folder, { ...artifact, mayBeUnproven }));
  const first = await runTasks(tasks, deadline);
  const second = await runTasks(
    first.timedOut.map(({ task }) => task),
    deadline,
  );
  const failed = [...first.failed, ...second.failed, ...second.timedOut];
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
  run(signal: AbortSignal): Promise<CollectedArtifacts>;
  /** Returns the next tasks for the stored artifacts: a stored ZIP may have to be unpacked. */
  followUps(stored: readonly ArchivedArtifact[]): readonly Task[];
}

function archiveTask(
  store: EvidenceStore,
  folder: string,
  artifact: Artifact & { readonly mayBeUnproven: boolean },
): Task {
  const { name, label = name, required, unpack } = artifact;
  return {
    name,
    label,
    required,
    run: async (signal) => ({
      artifacts: [await archiveArtifact(store, folder, artifact, signal)],
      failures: [],
    }),
    followUps: (stored) => (unpack ? stored.map((zip) => unpackTask(store, folder, zip)) : []),
  };
}

function unpackTask(store: EvidenceStore, folder: string, zip: ArchivedArtifact): Task {
  return {
    name: zipEntriesFolder,
    label: zipEntriesFolder,
    required: true,
    run: (signal) => archiveZipEntries(store, folder, zip, signal),
    followUps: () => [],
  };
}

interface FailedTask {
  readonly task: Task;
  readonly error: unknown;
}

/**
 * Runs tasks one after the other, each followed by its own next tasks. `timedOut` lists the tasks whose share of the time
 * was too short.
 */
async function runTasks(tasks: readonly Task[], deadline: Deadline) {
  const artifacts: ArchivedArtifact[] = [];
  const failures: ArtifactFailure[] = [];
  const failed: FailedTask[] = [];
  const timedOut: FailedTask[] = [];
  const waiting = [...tasks];
  for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
    const signal = createTimeShareAbortSignal(deadline, waiting.length + 1);
    try {
      const stored = await task.run(signal);
      artifacts.push(...stored.artifacts);
      failures.push(...stored.failures);
      waiting.unshift(...task.followUps(stored.artifacts));
    } catch (error) {
      const hasTimedOut = signal.aborted && !deadline.signal.aborted;
      (hasTimedOut ? timedOut : failed).push({ task, error });
    }
  }
  return { artifacts, failures, failed, timedOut };
}
