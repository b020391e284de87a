import type { OnNothing } from '../contract/evidence-job.ts';
import { addFailedHint, addRepeatLookup } from './repeat-limit.ts';
import type { Schedule } from './schedule.ts';

/** How many jobs of a verification are remembered. */
const maxJobs = 128;

/** Remembers that the event with this sequence requests evidence. */
export function requestArchive(schedule: Schedule, sequence: number): Schedule {
  return { ...schedule, evidence: newest({ ...schedule.evidence, [sequence]: 'pending' }) };
}

/** How a job that archives has ended. */
export interface FinishedArchive {
  /** The sequence of the event that requested the job. */
  readonly requestedBy: number;
  readonly kind: 'archived' | 'failed';
  readonly onNothing: OnNothing;
  /** ISO 8601 instant. */
  readonly at: string;
}

/**
 * Remembers how a job has ended. If the job failed and the provider may send the same hint again, the hint counts as
 * failed: its repetitions ask the provider again, and have to wait their turn.
 *
 * @returns null if that is known already: a failed job may still succeed, but an archive never becomes a failure
 */
export function finishArchive(schedule: Schedule, finished: FinishedArchive): Schedule | null {
  const { requestedBy, kind, onNothing, at } = finished;
  const before = schedule.evidence[requestedBy];
  if (before === 'archived' || before === kind) return null;
  const evidence = newest({ ...schedule.evidence, [requestedBy]: kind });
  if (kind === 'archived' || onNothing.kind === 'keep') return { ...schedule, evidence };
  return {
    ...schedule,
    evidence,
    repeatLookups: addRepeatLookup(schedule, at),
    failedHints: addFailedHint(schedule, onNothing.fingerprint),
  };
}

/** The evidence that was requested last. It decides the case, even if older evidence arrives after it. */
export interface LastRequested {
  /** 0 if none was requested. */
  readonly sequence: number;
  readonly state: Schedule['evidence'][string] | null;
}

export function lastRequested({ evidence }: Pick<Schedule, 'evidence'>): LastRequested {
  const sequence = Math.max(0, ...Object.keys(evidence).map(Number));
  return { sequence, state: evidence[sequence] ?? null };
}

/** Keeps the entries with the highest sequences (JavaScript lists integer keys in ascending order). */
function newest(evidence: Schedule['evidence']): Schedule['evidence'] {
  return Object.fromEntries(Object.entries(evidence).slice(-maxJobs));
}
