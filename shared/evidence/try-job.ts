import { compareEvidence } from './compare/compare-evidence.ts';
import { archiveEvidence } from './job/archive-evidence.ts';
import { kindOf, recordGivenUp } from './job/give-up.ts';
import {
  ended,
  type FetchingDependencies,
  type JobWork,
  progressOf,
  type TryResult,
} from './job/job-work.ts';
import { delayAfterFault, type Progress, planRetry } from './job/retry.ts';

const tries = { archive: archiveEvidence, compare: compareEvidence } as const;

/** A job that its own plan cannot end, because giving it up fails as well, is tried for a day longer than others. */
export const graceSeconds = 24 * 3600;

/**
 * Does a try of a job. Whatever it throws, a fault of AWS or a bug of ours, is logged and planned by the same table as
 * the provider's failures: no job is lost, or hidden for long, because something went wrong on the way to its end.
 */
export async function tryJob(work: JobWork, dependencies: FetchingDependencies): Promise<TryResult> {
  const { job } = work;
  const { telemetry } = dependencies;
  const fields = { verificationId: job.verificationId, sequence: job.sequence, purpose: job.purpose };
  try {
    return await tries[job.purpose](work, dependencies);
  } catch (error) {
    telemetry.error('job failed', error, { ...fields, kind: kindOf(error) });
    telemetry.count('JobFaults');
    const plan = planRetry(error, later(progressOf(work, dependencies)));
    return plan.kind === 'retry' ? plan : endFaulty(work, dependencies);
  }
}

const later = (progress: Progress): Progress => ({
  ...progress,
  deadlineSeconds: progress.deadlineSeconds + graceSeconds,
});

/** Ends a job that fails each time. Consumers are told where that is possible, operators always. */
async function endFaulty(work: JobWork, dependencies: FetchingDependencies): Promise<TryResult> {
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
    // The queue's own redrive policy ends what nothing else can end.
    return { kind: 'retry', delaySeconds: delayAfterFault(progressOf(work, dependencies).tries) };
  }
}
