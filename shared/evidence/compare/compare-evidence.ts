import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { LastEvidence } from '../../contract/evidence-source.ts';
import { instant } from '../../parsing/instant.ts';
import { EvidenceError, type FailureKind } from '../../provider-api/evidence-error.ts';
import { type LastRequested, lastRequested } from '../../scheduling/archives.ts';
import type { Archive } from '../archive/evidence-store.ts';
import { folderOf } from '../archive/folder.ts';
import { readArchived } from '../archive/read-stored.ts';
import {
  ended,
  type FetchingDependencies,
  type JobWork,
  progressOf,
  type TryResult,
} from '../job/job-work.ts';
import { recordFetched } from '../job/record-for-job.ts';
import { planRetry } from '../job/retry.ts';
import { deferComparison, startComparison } from './mark-comparison.ts';

/**
 * Does a try of a job that compares: where the provider has something else by now than what was fetched last, or has
 * something at last, a transition is recorded that has it archived. Of all else nobody is told but the logs: no word
 * asked for it.
 */
export async function compareEvidence(work: JobWork, dependencies: FetchingDependencies): Promise<TryResult> {
  const { job, record } = work;
  const { queue, telemetry, verifications, newId } = dependencies;
  const fields = { verificationId: job.verificationId };
  try {
    const found = await compare(work, dependencies);
    telemetry.info(`evidence compared: ${found}`, fields);
    return ended;
  } catch (error) {
    const plan = planRetry(error, progressOf(work, dependencies));
    if (plan.kind === 'retry') {
      telemetry.warn('evidence not compared yet', { ...fields, retryInSeconds: plan.delaySeconds }, error);
      await deferComparison(verifications, job, newId());
      return plan;
    }
    telemetry.warn('evidence not compared', { ...fields, reason: plan.reason }, error);
    if (!endsQuietly(plan.reason)) await queue.deadLetter(record.body, plan.reason);
    return ended;
  }
}

/** What the provider has no longer is archived already; what it has never had, the word itself was told of. */
function endsQuietly(reason: FailureKind): boolean {
  return reason === 'not_found' || reason === 'gone';
}

type Comparison = 'it has changed' | 'it is the same' | 'there is none' | 'another job will look';

/** @throws EvidenceError `not_ready` as long as a fetch may be under way: it may bring what there was before */
async function compare(work: JobWork, dependencies: FetchingDependencies): Promise<Comparison> {
  const { job, deadline } = work;
  const { archive, source, verifications, now, newId } = dependencies;
  const known = await verifications.read(job.verificationId);
  if (known === null || source.compare === undefined) return 'there is none';
  const last = lastRequested(known.schedule);
  if (last.state === 'pending' && progressOf(work, dependencies).ageSeconds < longestFetchSeconds) {
    throw new EvidenceError('not_ready', 'evidence that was asked for has not come yet');
  }
  const moment = { writeId: newId(), at: instant(now()) };
  if (!(await startComparison(verifications, known, job, moment))) return 'another job will look';

  const transition = await source.compare(job, evidenceOf(job, last, archive), deadline.signal);
  if (transition === null) return 'it is the same';
  await recordFetched(transition, job, dependencies);
  return 'it has changed';
}

/** Far longer than a function lives: each try that may still bring something has begun after the repetition. */
const longestFetchSeconds = 3600;

/** What is not in the archive may have decided all the same, before it was lost: nothing is known to be the same. */
function evidenceOf(job: EvidenceJob, { sequence, state }: LastRequested, archive: Archive): LastEvidence {
  const folder = folderOf({ ...job, sequence });
  const read = (name: string) => readArchived(archive, `${folder}/${name}`);
  return { sequence, read: state === 'archived' ? read : null };
}
