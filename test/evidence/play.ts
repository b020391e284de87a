import { setImmediate } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import type * as fc from 'fast-check';
import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import type { EvidenceSource } from '../../shared/contract/evidence-source.ts';
import type { ProviderName, Transition } from '../../shared/contract/transition.ts';
import { fetchEvidence } from '../../shared/evidence/fetch-evidence.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { memoryVerifications } from '../support/memory-verifications.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';
import { messageOf } from './job-under-test.ts';
import { memoryArchive } from './memory-evidence-store.ts';

const minute = 60_000;

/** What the play is about, and chance. */
interface Options {
  readonly provider: ProviderName;
  /** Says what happens next. */
  readonly scheduler: fc.Scheduler;
  /** From 0 to 999. */
  readonly pick: () => number;
  /** @param nowMs as it is in the play */
  source(nowMs: () => number): EvidenceSource;
  /** Whether the message of a job disappears. */
  loses?(job: EvidenceJob): boolean;
}

/**
 * One case from the first webhook to the last try of its last job, with the real functions: whatever may overtake, be
 * late or fail in the world does so here as the scheduler likes. Of ten writes to the bucket, one fails.
 */
export function startPlay({ provider, scheduler, pick, source, loses = () => false }: Options) {
  let nowMs = Date.UTC(2026, 10, 22, 12);
  let atWork = 0;
  const now = () => new Date(nowMs);
  const newId = () => crypto.randomUUID();
  const running = new Set<Promise<unknown>>();
  /** Begins something that others need not wait for. */
  const begin = (work: Promise<unknown>) => {
    const done = work.finally(() => running.delete(done));
    running.add(done);
  };
  const happens = (what: string) => scheduler.schedule(Promise.resolve(), what);

  const { store, rows } = memoryVerifications((jobs) => {
    // SQS delivers at least once.
    for (const job of jobs.flatMap((each) => (pick() % 5 === 0 ? [each, each] : each)))
      if (!loses(job)) begin(receive(job));
  });
  const archive = memoryArchive();
  const handler = fetchEvidence({
    provider,
    source: source(() => nowMs),
    archive: {
      ...archive,
      async write(...parameters) {
        if (pick() % 10 === 0) throw new Error('SlowDown');
        return archive.write(...parameters);
      },
    },
    verifications: store,
    queue: { retryIn: async () => {}, deadLetter: async () => {} },
    telemetry: recordedTelemetry(),
    now,
    newId,
  });

  async function receive(job: EvidenceJob) {
    const context = { getRemainingTimeInMillis: () => 600_000 } as Context;
    for (let receives = 1; ; receives++) {
      await happens(`a try to ${job.purpose} for ${job.sequence}`);
      atWork += 1;
      const { batchItemFailures } = await handler(messageOf(JSON.stringify(job), receives), context);
      atWork -= 1;
      if (batchItemFailures.length === 0) return;
      // Else one that is tried again and again would let nobody else go on.
      await setImmediate();
      // No function lives for ten minutes: while one is at work, no such time passes.
      if (atWork === 0) nowMs += 10 * minute;
    }
  }

  return {
    begin,
    happens,
    deliver: (transition: Transition) =>
      recordTransition(store, {
        transition,
        receivedAt: now().toISOString(),
        writeId: newId(),
        delivery: null,
      }),
    /** @returns the outcome, once all that was begun is done */
    async end() {
      const everything = async () => {
        while (running.size > 0) await Promise.all(running);
      };
      await scheduler.waitFor(everything());
      return [...rows.values()][0]?.outcome ?? null;
    },
  };
}
