import { computeFingerprint } from '../../contract/canonical-json.ts';
import type { Evidence } from '../../contract/evidence-adapter.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { emptyFindings } from '../../contract/identity.ts';
import type { Transition } from '../../contract/transition.ts';
import type { FetcherDependencies } from './job-work.ts';
import { recordTransitionOfJob } from './record-for-job.ts';
import { reportDecisionAboutResult } from './report-result.ts';

/**
 * Applies the unverified statement of a job, if no try of the job has fetched an outcome. The statement then counts as
 * the lookup of this job. So a lookup that a later event requested still takes precedence over the statement.
 */
export async function applyUnverifiedStatement(
  job: EvidenceJob,
  { outcome = null }: Evidence,
  dependencies: FetcherDependencies,
): Promise<void> {
  const { verifications, telemetry } = dependencies;
  const { provider, verificationId, sequence, onNothing } = job;
  if (onNothing.kind !== 'apply' || outcome !== null) return;
  const known = await verifications.read(verificationId);
  const newestLookup = known?.ordering.lookup?.requestedBy ?? 0;
  if (known?.generation !== job.generation || newestLookup >= sequence) return;
  const transition: Transition = {
    ...onNothing.statement,
    origin: { kind: 'lookup', requestedBy: sequence, effect: 'decide' },
    provider,
    verificationId,
    source: known.source,
    reference: null,
    fingerprint: computeFingerprint({ unverifiedStatement: sequence }),
    findings: emptyFindings,
  };
  reportDecisionAboutResult(await recordTransitionOfJob(transition, job, dependencies), job, telemetry);
}
