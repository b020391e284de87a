import { getFailureKind } from './archive/collected.ts';
import { compareEvidence } from './compare/compare-evidence.ts';
import { archiveEvidence } from './job/archive-evidence.ts';
import { recordGivenUpJob } from './job/give-up.ts';
import {
  computeJobTriesAndAge,
  endedJobStep,
  type FetcherDependencies,
  type JobTry,
  type NextJobStep,
} from './job/job-work.ts';
import { computeDelayAfterInternalError, type JobTriesAndAge, planRetry } from './job/retry.ts';
import { lookUpCase } from './lookup/look-up-case.ts';

const runners = { archive: archiveEvidence, compare: compareEvidence, lookup: lookUpCase } as const;

/**
 * A job normally ends at the provider's deadline. If exceptions prevent this end, the job is tried again for this time
 * after the deadline.
 */
export const graceAfterDeadlineSeconds = 24 * 3600;

/**
 * Runs one try of a job. If the try throws an exception, the exception is logged, and `planRetry` plans the next try. So
 * a job is neither lost nor hidden for long, even if AWS fails or our code has a bug.
 */
export async function tryJob(work: JobTry, dependencies: FetcherDependencies): Promise<NextJobStep> {
  const { job } = work;
  const { telemetry } = dependencies;
  const fields = { verificationId: job.verificationId, sequence: job.sequence, purpose: job.purpose };
  try {
    return await runners[job.purpose](work, dependencies);
  } catch (error) {
    telemetry.error('job failed', error, { ...fields, kind: getFailureKind(error) });
    telemetry.count('JobFaults');
    const plan = planRetry(error, withGrace(computeJobTriesAndAge(work, dependencies)));
    return plan.kind === 'retry' ? plan : endFailingJob(work, dependencies);
  } finally {
    // CloudWatch's own metric of a queue ignores messages that were received three times (decision record 051).
    if (job.purpose === 'archive')
      telemetry.measure('EvidenceAgeSeconds', computeJobTriesAndAge(work, dependencies).ageSeconds);
  }
}

const withGrace = (progress: JobTriesAndAge): JobTriesAndAge => ({
  ...progress,
  deadlineSeconds: progress.deadlineSeconds + graceAfterDeadlineSeconds,
});

/**
 * Ends a job that throws an exception in every try. The job becomes a dead letter. Its verification also gets an event,
 * if the event can be recorded.
 */
async function endFailingJob(work: JobTry, dependencies: FetcherDependencies): Promise<NextJobStep> {
  const { job, record } = work;
  const { queue, telemetry } = dependencies;
  const fields = { verificationId: job.verificationId, sequence: job.sequence, purpose: job.purpose };
  const reason = 'transient';
  if (job.purpose === 'archive') {
    await recordGivenUpJob(job, reason, { artifacts: [], failures: [] }, dependencies).catch((error) =>
      telemetry.error('job cannot be recorded as given up', error, fields),
    );
  }
  try {
    await queue.deadLetter(record.body, reason);
    telemetry.error('job given up', undefined, { ...fields, reason });
    telemetry.count('EvidenceFailed');
    return endedJobStep;
  } catch (error) {
    telemetry.error('job cannot be given up', error, fields);
    // If every call to the dead-letter queue fails, SQS ends the job: it moves a message to the dead letters after 1000
    // receives.
    return {
      kind: 'retry',
      delaySeconds: computeDelayAfterInternalError(computeJobTriesAndAge(work, dependencies).tries),
    };
  }
}
