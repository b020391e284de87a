import type { FetchedEvidence } from '../../contract/evidence-source.ts';
import { noFindings } from '../../contract/identity.ts';
import type { Failure } from '../archive/archive-artifacts.ts';
import { applyWithheld } from './apply-unverified-statement.ts';
import { type Collected, collectEvidence } from './collect-evidence.ts';
import { commitEvidence } from './commit-evidence.ts';
import { kindOf, recordGivenUp } from './give-up.ts';
import { ended, type FetchingDependencies, type JobWork, progressOf, type TryResult } from './job-work.ts';
import { type JobPlan, planJob } from './plan-job.ts';
import { reportReasons, reportVerdict } from './report-result.ts';
import { planRetry } from './retry.ts';

/** Does a try of a job that archives, and says what becomes of the job. */
export async function archiveEvidence(work: JobWork, dependencies: FetchingDependencies): Promise<TryResult> {
  const { job, record } = work;
  const { queue, telemetry } = dependencies;
  const fields = { verificationId: job.verificationId, sequence: job.sequence };
  const collected = await tryToCollect(work, dependencies);
  if (collected === null) {
    telemetry.info('evidence archived before', fields);
    return ended;
  }

  const { fetched, verdict } = collected;
  if (verdict !== null) reportVerdict(verdict, fields, telemetry);
  for (const { name, label, error } of collected.failures)
    telemetry.warn('artifact not fetched', { ...fields, name: label ?? name, kind: kindOf(error) }, error);
  const { plan, failures } = await planOrCommit(work, collected, dependencies);
  switch (plan.kind) {
    case 'commit':
      telemetry.info('evidence archived', { ...fields, missing: failures.length });
      reportReasons(fetched, telemetry);
      telemetry.count('EvidenceArchived');
      return ended;
    case 'retry':
      telemetry.warn(
        'evidence not fetched yet',
        { ...fields, retryInSeconds: plan.delaySeconds },
        failures[0]?.error,
      );
      telemetry.count('EvidenceRetries');
      return plan;
    case 'give-up':
      telemetry.error('evidence given up', failures[0]?.error, { ...fields, reason: plan.reason });
      telemetry.count('EvidenceFailed');
      // A case that the provider does not know: somebody may have made it up.
      if (plan.reason === 'not_found') telemetry.count('EvidenceNotFound');
      await applyWithheld(job, fetched, dependencies);
      await recordGivenUp(job, plan.reason, { ...collected, failures }, dependencies);
      await queue.deadLetter(record.body, plan.reason);
      return ended;
  }
}

interface Planned {
  readonly plan: JobPlan;
  readonly failures: readonly Failure[];
}

/**
 * Commits what has been collected where nothing else is to be waited for. A commit that fails, by our own fault or that
 * of AWS, is the failure of something required, and planned like one.
 */
async function planOrCommit(
  work: JobWork,
  collected: Collected,
  dependencies: FetchingDependencies,
): Promise<Planned> {
  const { failures } = collected;
  const progress = progressOf(work, dependencies);
  const plan = planJob(failures, progress);
  if (plan.kind !== 'commit') return { plan, failures };
  const { verificationId, sequence } = work.job;
  try {
    await applyWithheld(work.job, collected.fetched, dependencies);
    await commitEvidence(work.job, collected, dependencies);
    return { plan, failures };
  } catch (error) {
    const fields = { verificationId, sequence, kind: kindOf(error) };
    dependencies.telemetry.error('evidence not committed', error, fields);
    dependencies.telemetry.count('JobFaults');
    const faults = [{ name: null, required: true, error }, ...failures];
    return { plan: planRetry(error, progress), failures: faults };
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
