import { setImmediate } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import type * as fc from 'fast-check';
import type { EvidenceAdapter } from '../../shared/contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import type { ProviderName } from '../../shared/contract/provider-name.ts';
import type { Transition } from '../../shared/contract/transition.ts';
import { fetchEvidence } from '../../shared/evidence/fetch-evidence.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { memoryVerifications } from '../support/memory-verifications.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';
import { messageOf } from './job-under-test.ts';
import { memoryEvidenceStore } from './memory-evidence-store.ts';

const minute = 60_000;

/** The provider of the simulated case, and two sources of random choices. */
interface Options {
  readonly provider: ProviderName;
  /** Chooses at random which of the waiting steps runs next. */
  readonly scheduler: fc.Scheduler;
  /** Returns a random number from 0 to 999. */
  readonly pick: () => number;
  /** @param nowMs returns the simulated time */
  source(nowMs: () => number): EvidenceAdapter;
  /** True if the simulated SQS must lose the message of this job. */
  loses?(job: EvidenceJob): boolean;
}

/**
 * Simulates one case with the real functions, from its first webhook to the last try of its last job. The scheduler
 * chooses the order of all steps, so steps may overtake each other. One of ten writes to the bucket fails.
 */
export function startPlay({ provider, scheduler, pick, source, loses = () => false }: Options) {
  let nowMs = Date.UTC(2026, 10, 22, 12);
  let atWork = 0;
  const now = () => new Date(nowMs);
  const newId = () => crypto.randomUUID();
  const running = new Set<Promise<unknown>>();
  /** Starts work that runs concurrently with all other work. */
  const begin = (work: Promise<unknown>) => {
    const done = work.finally(() => running.delete(done));
    running.add(done);
  };
  const happens = (what: string) => scheduler.schedule(Promise.resolve(), what);

  const { store, rows } = memoryVerifications((jobs) => {
    // SQS delivers a message at least once, so some jobs arrive twice here.
    for (const job of jobs.flatMap((each) => (pick() % 5 === 0 ? [each, each] : each)))
      if (!loses(job)) begin(receive(job));
  });
  const evidenceStore = memoryEvidenceStore();
  const handler = fetchEvidence({
    provider,
    source: source(() => nowMs),
    store: {
      ...evidenceStore,
      async putOnce(...parameters) {
        if (pick() % 10 === 0) throw new Error('SlowDown');
        return evidenceStore.putOnce(...parameters);
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
      // Let other work run here. Otherwise, a job that is retried all the time would block this work.
      await setImmediate();
      // The simulated time moves on only while no function runs, because a function runs for less than ten minutes.
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
    /** Waits until all started work has ended. @returns the outcome of the case */
    async end() {
      const everything = async () => {
        while (running.size > 0) await Promise.all(running);
      };
      await scheduler.waitFor(everything());
      return [...rows.values()][0]?.outcome ?? null;
    },
  };
}
