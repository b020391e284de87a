import type { ProviderName } from '../../contract/provider-name.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { runAudited } from '../audit/run-audited.ts';
import type { JobQueues, OperatedStack } from '../stack/operated-stack.ts';
import { countDeadEvents } from './dead-events.ts';
import { holdDeadJobs } from './dead-jobs.ts';
import { readParked } from './parked-messages.ts';
import type { MovedMessages, RedriveSource } from './redrive-source.ts';

interface Redrive {
  readonly kind: 'evidence' | 'events';
  /** Only messages with this cause; undefined for all. */
  readonly cause: string | undefined;
  /** Only the jobs of this provider; undefined for all. */
  readonly provider: ProviderName | undefined;
  /** The highest number of messages to move. */
  readonly most: number;
  /** False for a dry run, which moves nothing. */
  readonly apply: boolean;
  /** Why the operator moves them, for the audit. */
  readonly reason: string;
  /** Called with the counts before anything is moved. */
  readonly onCounted?: (found: RedriveCounts) => void;
  readonly onProgress?: (messages: number) => void;
  /** Stops the redrive while it counts, or between two messages. Default: never. */
  readonly signal?: AbortSignal;
}

/** The messages that wait, before anything is moved. */
export interface RedriveCounts {
  readonly found: readonly { readonly source: string; readonly cause: string; readonly count: number }[];
  /** The number of messages that the redrive moves: those with the cause, at most as many as it may. */
  readonly chosen: number;
  /** The number of parked stream records, which only the relay can send. */
  readonly parkedRecords: number;
}

export interface Redriven extends RedriveCounts {
  /** The number of moved messages; null after a dry run. */
  readonly moved: number | null;
}

/**
 * Sends dead letters and parked messages to their queue again. Each message is deleted after it was sent, so none is lost.
 * What is not moved is visible again when this function returns or throws.
 *
 * @throws ConfigurationError if the stack has no such provider
 */
export async function redrive(stack: OperatedStack, operation: Redrive): Promise<Redriven> {
  const { kind, cause, most, apply, reason, onCounted, signal = new AbortController().signal } = operation;
  const sources: RedriveSource[] = [];
  try {
    const parkedRecords = await openSources(stack, operation, sources);
    const found = listCounts(sources);
    const counts = { found, chosen: countChosen(found, cause, most), parkedRecords };
    onCounted?.(counts);
    if (!apply) return { ...counts, moved: null };
    // The audit says what operators have changed.
    if (counts.chosen === 0) return { ...counts, moved: 0 };
    const what = cause === undefined ? kind : `${kind} with the cause ${cause}`;
    const describe = (moved: number) => `${moved} messages moved: ${what}`;
    const audited = { action: `redrive ${kind}`, verificationId: null, reason, describe };
    const moved = await runAudited(stack, audited, () => moveAll(sources, { cause, most, signal }));
    return { ...counts, moved };
  } finally {
    for (const source of sources) await source.release();
  }
}

/**
 * Opens the sources of a redrive, in the order in which they are moved: a parked event first, because a consumer may wait for
 * it.
 *
 * @returns the number of parked records
 */
async function openSources(
  stack: OperatedStack,
  { kind, provider, onProgress: report = () => undefined, signal }: Redrive,
  sources: RedriveSource[],
): Promise<number> {
  const onProgress = (messages: number) => {
    signal?.throwIfAborted();
    report(messages);
  };
  const { messages, records } = await readParked(stack, kind === 'events' ? 'event' : 'job', onProgress);
  if (provider === undefined) sources.push(messages);
  if (kind === 'events') sources.push(await countDeadEvents(stack));
  else
    for (const [name, queues] of chooseQueues(stack, provider))
      sources.push(await holdDeadJobs(stack.aws.sqs, name, queues, onProgress));
  return records;
}

function chooseQueues(
  { evidenceJobs, stageName }: OperatedStack,
  provider: ProviderName | undefined,
): [ProviderName, JobQueues][] {
  const chosen = Object.entries(evidenceJobs).filter(([name]) => provider === undefined || name === provider);
  if (chosen.length > 0) return chosen;
  throw new ConfigurationError(
    `${stageName} has no provider ${provider}: use ${Object.keys(evidenceJobs).join(', ')}`,
  );
}

const listCounts = (sources: readonly RedriveSource[]) =>
  sources.flatMap(({ name, counts }) =>
    Object.entries(counts).map(([cause, count]) => ({ source: name, cause, count })),
  );

function countChosen(found: RedriveCounts['found'], cause: string | undefined, most: number): number {
  const matching = found.filter((each) => cause === undefined || each.cause === cause);
  return Math.min(
    most,
    matching.reduce((sum, { count }) => sum + count, 0),
  );
}

async function moveAll(
  sources: readonly RedriveSource[],
  { most, ...selection }: MovedMessages,
): Promise<number> {
  let moved = 0;
  for (const source of sources) moved += await source.move({ ...selection, most: most - moved });
  return moved;
}
