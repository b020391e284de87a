import { setTimeout } from 'node:timers/promises';
import type { SQSRecord } from 'aws-lambda';
import type { EvidenceAdapter } from '../contract/evidence-adapter.ts';
import { buildArchiveJobAgain, type EvidenceJob } from '../contract/evidence-job.ts';
import type { Hint, Transition } from '../contract/transition.ts';
import { createDeadline } from '../evidence/archive/deadline.ts';
import type { EvidenceStore } from '../evidence/archive/evidence-store.ts';
import type { FetcherDependencies } from '../evidence/job/job-work.ts';
import { tryJob } from '../evidence/try-job.ts';
import { formatInstant } from '../parsing/instant.ts';
import { clockAndIdGenerator } from '../platform/clients.ts';
import { isErased } from '../verifications/apply-erasure.ts';
import { wrapStoreForLargeWrites } from '../verifications/limits/offloading-verification-store.ts';
import { recordTransition } from '../verifications/record-transition.ts';
import type { Verification } from '../verifications/verification.ts';
import type { VerificationStore } from '../verifications/verification-store.ts';
import { createFailureRecorder } from './failure-recorder.ts';
import { takeJobs } from './take-jobs.ts';

export interface CaseImport {
  readonly source: EvidenceAdapter;
  readonly verifications: VerificationStore;
  readonly store: EvidenceStore;
  /** The number of tries to fetch the evidence of a case. */
  readonly tries: number;
  /** Multiplies the pauses between tries. It is 1, and smaller in tests. */
  readonly pauseFactor: number;
}

/**
 * The result of importing one case. `unchanged`: an earlier import archived it. `failed`: its evidence cannot be had, and
 * the event `idv.evidence.failed.v1` says why. `unfinished`: the next import continues here.
 */
export interface ImportedCase {
  readonly verificationId: string;
  readonly status: 'imported' | 'unchanged' | 'failed' | 'unfinished';
  /** Why the evidence was not archived; null if it was. */
  readonly reason: string | null;
}

/** The longest time for one try of a job, in milliseconds. */
const tryMs = 120_000;

/**
 * Imports a case through the same steps as a case that a webhook reports: the hint is decided and written, the job of this
 * write archives the result, and what the result says is decided and written. Only the queue is left out: this function
 * runs the job itself, because no fetcher of this provider is deployed.
 */
export async function importCase(hint: Transition<Hint>, given: CaseImport): Promise<ImportedCase> {
  const { verificationId, fingerprint } = hint;
  const { now, newId } = clockAndIdGenerator;
  const verifications = wrapStoreForLargeWrites(takeJobs(given.verifications), given.store);
  await recordTransition(verifications, {
    transition: hint,
    receivedAt: formatInstant(now()),
    writeId: newId(),
    delivery: null,
  });
  const known = await verifications.read(verificationId);
  if (known?.evidence?.status === 'archived') return { verificationId, status: 'unchanged', reason: null };
  if (known !== null && isErased(known))
    return { verificationId, status: 'failed', reason: 'the case is erased' };
  if (known === null) return { verificationId, status: 'unfinished', reason: 'the row was deleted' };

  const reason = await runJob(jobOf(known, fingerprint), { ...given, verifications });
  const after = await verifications.read(verificationId);
  const status = after?.evidence?.status ?? 'pending';
  if (status === 'archived') return { verificationId, status: 'imported', reason: null };
  return { verificationId, status: status === 'failed' ? 'failed' : 'unfinished', reason };
}

/** Builds the job that the hint has requested. After an interrupted import, the row still names its event. */
function jobOf(known: Verification, fingerprint: string): EvidenceJob {
  const requested = { ...known, sequence: known.evidence?.requestedBy ?? 0 };
  // If the job fails, the next import of the same case is no duplicate.
  return buildArchiveJobAgain(requested, known.receivedAt, { onNothing: { kind: 'forget', fingerprint } });
}

/** Runs the tries of a job. @returns the kind of the last failure; null if there was none */
async function runJob(job: EvidenceJob, given: CaseImport): Promise<string | null> {
  const { now, newId } = clockAndIdGenerator;
  const failures = createFailureRecorder();
  const dependencies: FetcherDependencies = {
    provider: job.provider,
    source: given.source,
    store: given.store,
    verifications: given.verifications,
    queue: { retryIn: async () => undefined, deadLetter: async () => undefined },
    telemetry: failures.telemetry,
    now,
    newId,
  };
  for (let count = 1; count <= given.tries; count += 1) {
    const next = await tryJob(
      { job, record: recordOf(job, count), deadline: createDeadline(tryMs) },
      dependencies,
    );
    if (next.kind === 'ended') break;
    if (count < given.tries) await setTimeout(next.delaySeconds * 1000 * given.pauseFactor);
  }
  return failures.last();
}

/** Makes the SQS message that the job would have had. A job reads only the count of tries and the body. */
function recordOf(job: EvidenceJob, count: number): SQSRecord {
  return {
    messageId: 'import',
    receiptHandle: 'import',
    body: JSON.stringify(job),
    attributes: {
      ApproximateReceiveCount: String(count),
      SentTimestamp: '',
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'import',
    eventSourceARN: '',
    awsRegion: '',
  };
}
