import { setImmediate } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSession } from '../../local/simulators/datakeen/make-session.ts';
import type { EvidenceJob } from '../../shared/contract/evidence-job.ts';
import { noFindings } from '../../shared/contract/identity.ts';
import { fetchEvidence } from '../../shared/evidence/fetch-evidence.ts';
import { sessionEvidence } from '../../shared/providers/datakeen/evidence.ts';
import { EvidenceError } from '../../shared/providers/evidence-error.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { transitionOf } from '../providers/datakeen/fixtures.ts';
import { memoryBlobs } from '../support/memory-blobs.ts';
import { memoryVerifications } from '../support/memory-verifications.ts';
import { recordedTelemetry } from '../support/recorded-telemetry.ts';
import { messageOf } from './job-under-test.ts';
import { memoryArchive } from './memory-archive.ts';

const sessionId = '662f5f9c9c18e30012c2f021';
const verificationId = `datakeen:${sessionId}`;
const session = (options = {}) => makeSession({ sessionId, ...options }).result;

/** What Datakeen can answer, and how a case ends of which that is the last answer. */
const results = {
  approved: { answer: session(), ends: ['approved'] },
  declined: { answer: session({ globalStatus: false }), ends: ['declined'] },
  // A decision is taken back; where there was none, there is none.
  undecided: { answer: session({ documents: ['other'], failedCrossControls: [] }), ends: ['error', null] },
} as const;
type Result = keyof typeof results;

/** Answers that come before the last result. */
const failures = ['not_found', 'not_ready', 'transient'] as const;
type Answer = Result | (typeof failures)[number];

const minute = 60_000;

/**
 * Datakeen, whose session changes, and which says so with the same webhook each time; and we, whose fetches overtake
 * each other, fail, and are lost. The scheduler says what happens next.
 *
 * @returns the outcome, once all is done
 */
async function play(scheduler: fc.Scheduler, history: readonly Answer[], picks: () => number) {
  let truth: Answer = 'not_found';
  let isOver = false;
  let nowMs = Date.UTC(2026, 10, 22, 12);
  let atWork = 0;
  const now = () => new Date(nowMs);
  const newId = () => crypto.randomUUID();
  const running = new Set<Promise<void>>();
  const { store, rows } = memoryVerifications((jobs) => {
    for (const job of jobs) {
      // Until Datakeen's last word, a message may disappear. Then the case has to wait for it.
      if (!isOver && job.purpose === 'archive' && picks() % 8 === 0) continue;
      const done = receive(job).finally(() => running.delete(done));
      running.add(done);
    }
  });

  const get = async () => {
    const answer = truth;
    await scheduler.schedule(Promise.resolve(), `an answer: ${answer}`);
    if (answer === 'not_found' || answer === 'not_ready' || answer === 'transient')
      throw new EvidenceError(answer, 'GET session');
    const json = results[answer].answer;
    return { json, bytes: Buffer.from(JSON.stringify(json)) };
  };
  const archive = memoryArchive();
  const handler = fetchEvidence({
    sources: { datakeen: sessionEvidence({ get }, true, { wait: async () => {}, now: () => nowMs }) },
    archive: {
      ...archive,
      async write(...parameters) {
        if (picks() % 8 === 0) throw new Error('SlowDown');
        return archive.write(...parameters);
      },
    },
    blobs: memoryBlobs().blobs,
    verifications: store,
    queue: { retryIn: async () => {}, deadLetter: async () => {} },
    telemetry: recordedTelemetry(),
    now,
    newId,
  });

  async function receive(job: EvidenceJob) {
    const context = { getRemainingTimeInMillis: () => 600_000 } as Context;
    for (let receives = 1; ; receives++) {
      await scheduler.schedule(Promise.resolve(), `a try of ${job.purpose} ${job.sequence}`);
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

  async function webhook(body: object) {
    await scheduler.schedule(Promise.resolve(), `webhook ${JSON.stringify(body)}`);
    await recordTransition(store, {
      transition: transitionOf({ sessionId, ...body }),
      findings: { kind: 'inline', findings: noFindings },
      receivedAt: now().toISOString(),
      writeId: newId(),
      delivery: null,
    });
  }

  async function datakeen() {
    for (const [index, next] of history.entries()) {
      await scheduler.schedule(Promise.resolve(), `Datakeen has ${next}`);
      truth = next;
      isOver = index === history.length - 1;
      const said = webhook(picks() % 4 === 0 ? { analysisId: `${picks()}` } : {}).finally(() =>
        running.delete(said),
      );
      running.add(said);
    }
  }
  async function everything() {
    await datakeen();
    while (running.size > 0) await Promise.all(running);
  }
  await scheduler.waitFor(everything());
  return rows.get(verificationId)?.outcome;
}

test('whatever fails, is lost, or overtakes what: a case ends as the session does that was last told of', async () => {
  const last = fc.constantFrom(...(Object.keys(results) as Result[]));
  const before = fc.array(fc.constantFrom<Answer>(...(Object.keys(results) as Result[]), ...failures), {
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      before,
      last,
      fc.infiniteStream(fc.nat({ max: 999 })),
      async (scheduler, first, end, picks) => {
        const outcome = await play(scheduler, [...first, end], () => picks.next().value);
        expect(results[end].ends).toContain(outcome);
      },
    ),
    { numRuns: 3000 },
  );
}, 120_000);
