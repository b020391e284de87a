import { instant } from '../../parsing/instant.ts';
import { EvidenceError, type FailureKind } from '../../provider-api/evidence-error.ts';
import { lastRequestedEvidence } from '../../scheduling/archives.ts';
import { folderOf } from '../archive/folder.ts';
import { readStored } from '../archive/read-stored.ts';
import {
  ended,
  type FetchingDependencies,
  type JobWork,
  type NextStep,
  progressOf,
} from '../job/job-work.ts';
import { recordForJob } from '../job/record-for-job.ts';
import { planRetry } from '../job/retry.ts';
import { deferComparison, startComparison } from './mark-comparison.ts';

/**
 * Runs a try of a job that compares. If the provider's result differs from the archived one, records a hint that requests
 * a new archive. Publishes nothing else, even if the job fails.
 */
export async function compareEvidence(work: JobWork, dependencies: FetchingDependencies): Promise<NextStep> {
  const { job, record } = work;
  const { queue, telemetry, verifications, newId } = dependencies;
  const fields = { verificationId: job.verificationId };
  try {
    const comparison = await compare(work, dependencies);
    telemetry.info(`evidence compared: ${comparison}`, fields);
    return ended;
  } catch (error) {
    const plan = planRetry(error, progressOf(work, dependencies));
    if (plan.kind === 'retry') {
      telemetry.warn('evidence not compared yet', { ...fields, retryInSeconds: plan.delaySeconds }, error);
      await deferComparison(verifications, job, newId());
      return plan;
    }
    telemetry.warn('evidence not compared', { ...fields, reason: plan.reason }, error);
    if (!hasNoResult(plan.reason)) await queue.deadLetter(record.body, plan.reason);
    return ended;
  }
}

/**
 * Whether the provider has no result to compare. The job ends without a dead letter then: a deleted result was archived
 * before, and the job of the first hint reports a result that never existed.
 */
function hasNoResult(reason: FailureKind): boolean {
  return reason === 'not_found' || reason === 'gone';
}

type Comparison =
  | 'the result has changed'
  | 'the result is the same'
  | 'nothing to compare'
  | 'left to another job';

/** @throws EvidenceError `not_ready` while a job that archives may be running: it may fetch the result of before the hint */
async function compare(work: JobWork, dependencies: FetchingDependencies): Promise<Comparison> {
  const { job, deadline } = work;
  const { source, store, verifications, now, newId } = dependencies;
  const known = await verifications.read(job.verificationId);
  if (known === null || source.kind === 'files' || source.compare === undefined) return 'nothing to compare';
  const { sequence, state } = lastRequestedEvidence(known.schedule);
  if (state === 'pending' && progressOf(work, dependencies).ageSeconds < longestArchiveSeconds) {
    throw new EvidenceError('not_ready', 'the requested evidence is not archived yet');
  }
  const moment = { writeId: newId(), at: instant(now()) };
  if (!(await startComparison(verifications, known, job, moment))) return 'left to another job';

  // Evidence that was not archived may have decided before it was lost. No archived result then proves "the same".
  const key = `${folderOf({ ...job, sequence })}/${source.resultName}`;
  const archived = state === 'archived' ? await readStored(store, key) : null;
  const current = await source.fetchResult(job, deadline.signal);
  const hint = source.compare(job, { sequence, archived, current });
  if (hint === null) return 'the result is the same';
  await recordForJob(hint, job, dependencies);
  return 'the result has changed';
}

/**
 * Far longer than a function runs. If the archive is still pending after this time, every try that may still archive it
 * began after the repeated hint, and fetches a result that is new enough.
 */
const longestArchiveSeconds = 3600;
