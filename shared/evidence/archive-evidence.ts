import { noFindings } from '../contract/identity.ts';
import type { FetchedEvidence } from '../providers/evidence-source.ts';
import { applyWithheld } from './apply-withheld.ts';
import { type Collected, collectEvidence } from './collect-evidence.ts';
import { commitEvidence } from './commit-evidence.ts';
import { recordGivenUp } from './give-up.ts';
import { type FetchingDependencies, type JobWork, progressOf, retryLater } from './job-work.ts';
import { planJob } from './plan-job.ts';
import { reportReasons, reportVerdict } from './report-fetched.ts';

/** Does a try of a job that archives, and says what has become of it. */
export async function archiveEvidence(work: JobWork, dependencies: FetchingDependencies): Promise<void> {
  const { job, record } = work;
  const { queue, telemetry } = dependencies;
  const fields = { verificationId: job.verificationId, sequence: job.sequence };
  const collected = await tryToCollect(work, dependencies);
  if (collected === null) return telemetry.info('evidence archived before', fields);

  const { fetched, failures, verdict } = collected;
  if (verdict !== null) reportVerdict(verdict, fields, telemetry);
  const plan = planJob(failures, progressOf(work, dependencies));
  for (const { name, error } of failures) telemetry.warn('artifact not fetched', { ...fields, name }, error);
  switch (plan.kind) {
    case 'commit':
      await applyWithheld(job, fetched, dependencies);
      await commitEvidence(job, collected, dependencies);
      telemetry.info('evidence archived', { ...fields, missing: failures.length });
      reportReasons(fetched, telemetry);
      return telemetry.count('EvidenceArchived');
    case 'retry':
      telemetry.warn(
        'evidence not fetched yet',
        { ...fields, retryInSeconds: plan.delaySeconds },
        failures[0]?.error,
      );
      telemetry.count('EvidenceRetries');
      return retryLater(work, plan.delaySeconds, dependencies);
    case 'give-up':
      telemetry.error('evidence given up', failures[0]?.error, { ...fields, reason: plan.reason });
      telemetry.count('EvidenceFailed');
      // A case that the provider does not know: somebody may have made it up.
      if (plan.reason === 'not_found') telemetry.count('EvidenceNotFound');
      await applyWithheld(job, fetched, dependencies);
      await recordGivenUp(job, plan.reason, collected, dependencies);
      return queue.deadLetter(record.body, plan.reason);
  }
}

const nothing: FetchedEvidence = {
  artifacts: [],
  reference: null,
  findings: async () => noFindings,
  transition: null,
};

/** Where not even the list of artifacts could be had, that is the failure of something required. */
async function tryToCollect(
  { job, deadline }: JobWork,
  dependencies: FetchingDependencies,
): Promise<Collected | null> {
  try {
    return await collectEvidence(job, dependencies.source, dependencies, deadline);
  } catch (error) {
    return {
      fetched: nothing,
      verdict: null,
      artifacts: [],
      failures: [{ name: null, required: true, error }],
    };
  }
}
