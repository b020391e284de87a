import { failureKindOf } from './archive/collected.ts';
import { compareEvidence } from './compare/compare-evidence.ts';
import { archiveEvidence } from './job/archive-evidence.ts';
import { recordGivenUp } from './job/give-up.ts';
import { ended, type FetchingDependencies, type JobWork, type NextStep, progressOf } from './job/job-work.ts';
import { delayAfterFault, type JobProgress, planRetry } from './job/retry.ts';

const runners = { archive: archiveEvidence, compare: compareEvidence } as const;

/** A job that cannot even be given up is retried for a day after the provider's deadline. */
export const graceSeconds = 24 * 3600;

/**
 * Runs one try of a job. An exception, whether a fault of AWS or a bug of ours, is logged and planned by the same table
 * as the provider's failures. So a fault neither loses a job nor hides it for long.
 */
export async function tryJob(work: JobWork, dependencies: FetchingDependencies): Promise<NextStep> {
  const { job } = work;
  const { telemetry } = dependencies;
  const fields = { verificationId: job.verificationId, sequence: job.sequence, purpose: job.purpose };
  try {
    return await runners[job.purpose](work, dependencies);
  } catch (error) {
    telemetry.error('job failed', error, { ...fields, kind: failureKindOf(error) });
    telemetry.count('JobFaults');
    const plan = planRetry(error, withGrace(progressOf(work, dependencies)));
    return plan.kind === 'retry' ? plan : endFailingJob(work, dependencies);
  }
}

const withGrace = (progress: JobProgress): JobProgress => ({
  ...progress,
  deadlineSeconds: progress.deadlineSeconds + graceSeconds,
});

/** Ends a job that fails in every try: with an event, if the event can be recorded, and always as a dead letter. */
async function endFailingJob(work: JobWork, dependencies: FetchingDependencies): Promise<NextStep> {
  const { job, record } = work;
  const { queue, telemetry } = dependencies;
  const fields = { verificationId: job.verificationId, sequence: job.sequence, purpose: job.purpose };
  const reason = 'transient';
  if (job.purpose === 'archive') {
    await recordGivenUp(job, reason, { artifacts: [], failures: [] }, dependencies).catch((error) =>
      telemetry.error('job cannot be recorded as given up', error, fields),
    );
  }
  try {
    await queue.deadLetter(record.body, reason);
    telemetry.error('job given up', undefined, { ...fields, reason });
    telemetry.count('EvidenceFailed');
    return ended;
  } catch (error) {
    telemetry.error('job cannot be given up', error, fields);
    // The queue's redrive policy ends a job that nothing else can end.
    return { kind: 'retry', delaySeconds: delayAfterFault(progressOf(work, dependencies).tries) };
  }
}
