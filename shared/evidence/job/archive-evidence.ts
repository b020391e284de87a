import type { Conclusion } from '../../contract/evidence-adapter.ts';
import { type ArtifactFailure, type CollectedArtifacts, getFailureKind } from '../archive/collected.ts';
import { applyUnverifiedStatement } from './apply-unverified-statement.ts';
import { collectEvidence } from './collect-evidence.ts';
import { commitEvidence } from './commit-evidence.ts';
import { recordGivenUpJob } from './give-up.ts';
import {
  computeJobTriesAndAge,
  endedJobStep,
  type FetcherDependencies,
  type JobTry,
  type NextJobStep,
} from './job-work.ts';
import { type JobPlan, planJobAfterTry } from './plan-job.ts';
import { reportUnknownReasons } from './report-result.ts';
import { planRetry } from './retry.ts';

/**
 * Runs one try of a job with the purpose `archive`: collects the evidence, then commits it, plans another try, or gives
 * the job up.
 */
export async function archiveEvidence(work: JobTry, dependencies: FetcherDependencies): Promise<NextJobStep> {
  const { job, record } = work;
  const { queue, telemetry } = dependencies;
  const fields = { verificationId: job.verificationId, sequence: job.sequence };
  const collection = await collectEvidence(work, dependencies).catch(nothingCollected);
  if (typeof collection === 'string') {
    telemetry.info(collection, fields);
    return endedJobStep;
  }

  const { evidence, collected } = collection;
  for (const { name, label, error } of collected.failures) {
    const failed = { ...fields, name: label ?? name, kind: getFailureKind(error) };
    telemetry.warn('artifact not fetched', failed, error);
  }
  const { plan, failures } = await planOrCommit(work, evidence, collected, dependencies);
  switch (plan.kind) {
    case 'commit':
      telemetry.info('evidence archived', { ...fields, missing: failures.length });
      reportUnknownReasons(evidence, job, telemetry);
      telemetry.count('EvidenceArchived');
      return endedJobStep;
    case 'retry': {
      const retried = { ...fields, retryInSeconds: plan.delaySeconds };
      telemetry.warn('evidence not fetched yet', retried, failures[0]?.error);
      telemetry.count('EvidenceRetries');
      return plan;
    }
    case 'give-up':
      telemetry.error('evidence given up', failures[0]?.error, { ...fields, reason: plan.reason });
      telemetry.count('EvidenceFailed');
      // `not_found` means that the provider does not know the case. A metric counts such cases, because somebody may have
      // invented them.
      if (plan.reason === 'not_found') telemetry.count('EvidenceNotFound');
      await applyUnverifiedStatement(job, evidence, dependencies);
      await recordGivenUpJob(job, plan.reason, { ...collected, failures }, dependencies);
      await queue.deadLetter(record.body, plan.reason);
      return endedJobStep;
  }
}

const noEvidence: Conclusion = {
  artifacts: [],
  reference: null,
  findings: null,
  transition: null,
};

/**
 * Turns an error before the first artifact into the failure of a required artifact, so that both are planned in the same
 * way.
 */
function nothingCollected(error: unknown): { evidence: Conclusion; collected: CollectedArtifacts } {
  return {
    evidence: noEvidence,
    collected: { artifacts: [], failures: [{ name: null, required: true, error }] },
  };
}

/**
 * Plans the next step, and commits the evidence if no artifact needs another try. If the commit throws an exception, the
 * exception is planned like the failure of a required artifact.
 */
async function planOrCommit(
  work: JobTry,
  evidence: Conclusion,
  collected: CollectedArtifacts,
  dependencies: FetcherDependencies,
): Promise<{ readonly plan: JobPlan; readonly failures: readonly ArtifactFailure[] }> {
  const { failures } = collected;
  const progress = computeJobTriesAndAge(work, dependencies);
  const plan = planJobAfterTry(failures, progress);
  if (plan.kind !== 'commit') return { plan, failures };
  const { verificationId, sequence } = work.job;
  try {
    await applyUnverifiedStatement(work.job, evidence, dependencies);
    await commitEvidence(work.job, evidence, collected, dependencies);
    return { plan, failures };
  } catch (error) {
    const fields = { verificationId, sequence, kind: getFailureKind(error) };
    dependencies.telemetry.error('evidence not committed', error, fields);
    dependencies.telemetry.count('JobFaults');
    const faults = [{ name: null, required: true, error }, ...failures];
    return { plan: planRetry(error, progress), failures: faults };
  }
}
