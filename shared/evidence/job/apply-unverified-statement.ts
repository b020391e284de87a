import { fingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { FetchedEvidence } from '../../contract/evidence-source.ts';
import { noFindings } from '../../contract/identity.ts';
import type { Transition } from '../../contract/transition.ts';
import type { FetchingDependencies } from './job-work.ts';
import { recordFetched } from './record-for-job.ts';
import { reportVerdict } from './report-result.ts';

/**
 * Applies the statement that a job was to verify, if no try of the job has fetched an outcome. The statement counts as
 * this job's lookup, so that a lookup that was requested later still outranks it.
 */
export async function applyWithheld(
  job: EvidenceJob,
  { outcome = null }: FetchedEvidence,
  dependencies: FetchingDependencies,
): Promise<void> {
  const { verifications, telemetry } = dependencies;
  const { provider, verificationId, sequence, onNothing } = job;
  if (onNothing.kind !== 'apply' || outcome !== null) return;
  const known = await verifications.read(verificationId);
  const newestLookup = known?.ordering.lookup?.requestedBy ?? 0;
  if (known === null || newestLookup >= sequence) return;
  const transition: Transition = {
    ...onNothing.statement,
    origin: { kind: 'lookup', requestedBy: sequence, effect: 'decide' },
    provider,
    verificationId,
    source: known.source,
    reference: null,
    fingerprint: fingerprint({ unverifiedStatement: sequence }),
    findings: noFindings,
  };
  const verdict = await recordFetched(transition, job, dependencies);
  reportVerdict(verdict, { verificationId, sequence }, telemetry);
}
