import { formatInstant } from '../../parsing/instant.ts';
import { EvidenceError, type FailureKind } from '../../provider-api/evidence-error.ts';
import { findLastRequestedEvidence } from '../../scheduling/archives.ts';
import { isErased } from '../../verifications/apply-erasure.ts';
import { buildEvidenceFolder } from '../archive/folder.ts';
import { readStoredObject } from '../archive/read-stored.ts';
import {
  computeJobTriesAndAge,
  endedJobStep,
  type FetcherDependencies,
  type JobTry,
  type NextJobStep,
} from '../job/job-work.ts';
import { recordTransitionOfJob } from '../job/record-for-job.ts';
import { planRetry } from '../job/retry.ts';
import { recordComparisonDeferral, recordComparisonStart } from './mark-comparison.ts';

/**
 * Runs one try of a job with the purpose `compare`. If the provider's result differs from the archived result, the job
 * records a hint that requests a new archive. The job publishes nothing else, even if it fails.
 */
export async function compareEvidence(work: JobTry, dependencies: FetcherDependencies): Promise<NextJobStep> {
  const { job, record } = work;
  const { queue, telemetry, verifications, newId } = dependencies;
  const fields = { verificationId: job.verificationId };
  try {
    const comparison = await compare(work, dependencies);
    telemetry.info(`evidence compared: ${comparison}`, fields);
    return endedJobStep;
  } catch (error) {
    const plan = planRetry(error, computeJobTriesAndAge(work, dependencies));
    if (plan.kind === 'retry') {
      telemetry.warn('evidence not compared yet', { ...fields, retryInSeconds: plan.delaySeconds }, error);
      await recordComparisonDeferral(verifications, job, newId());
      return plan;
    }
    telemetry.warn('evidence not compared', { ...fields, reason: plan.reason }, error);
    if (!hasNoResult(plan.reason)) await queue.deadLetter(record.body, plan.reason);
    return endedJobStep;
  }
}

/**
 * Checks whether a comparison failed because the provider has no result. Such a job ends without a dead letter, because
 * nothing is lost. If the result was deleted, it was archived before. If the result has never existed, the job of the
 * first hint reports that.
 */
function hasNoResult(reason: FailureKind): boolean {
  return reason === 'not_found' || reason === 'gone';
}

type Comparison =
  | 'the result has changed'
  | 'the result is the same'
  | 'nothing to compare'
  | 'left to another job';

/**
 * Compares the provider's current result with the archived result, and records a hint if they differ.
 *
 * @throws EvidenceError `not_ready` while an archive job may be running, because its result may be older than the
 * repeated hint
 */
async function compare(work: JobTry, dependencies: FetcherDependencies): Promise<Comparison> {
  const { job, deadline } = work;
  const { source, store, verifications, now, newId } = dependencies;
  const known = await verifications.read(job.verificationId);
  if (known?.generation !== job.generation || isErased(known)) return 'nothing to compare';
  if (source.compare === undefined) return 'nothing to compare';
  const { sequence, state } = findLastRequestedEvidence(known.schedule);
  if (state === 'pending' && computeJobTriesAndAge(work, dependencies).ageSeconds < longestArchiveSeconds) {
    throw new EvidenceError('not_ready', 'the requested evidence is not archived yet');
  }
  const moment = { writeId: newId(), at: formatInstant(now()) };
  if (!(await recordComparisonStart(verifications, known, job, moment))) return 'left to another job';

  // If the evidence that was requested last is not archived, the comparison gets null as the archived result. An older
  // result cannot prove that the current result is the same.
  const key = `${buildEvidenceFolder({ ...job, sequence })}/${source.resultName}`;
  const archived = state === 'archived' ? await readStoredObject(store, key) : null;
  const current = await source.fetchResult(job, deadline.signal);
  const hint = source.compare(job, { sequence, archived, current });
  if (hint === null) return 'the result is the same';
  await recordTransitionOfJob(hint, job, dependencies);
  return 'the result has changed';
}

/**
 * The time for which a comparison waits for a pending archive. It is far longer than a function runs. A try that still
 * runs after this time began after the repeated hint. The result that it archives is therefore new enough.
 */
const longestArchiveSeconds = 3600;
