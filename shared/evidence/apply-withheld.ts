import { fingerprint } from '../contract/canonical-json.ts';
import type { EvidenceJob } from '../contract/evidence-job.ts';
import { noFindings } from '../contract/identity.ts';
import type { Transition } from '../contract/transition.ts';
import type { FetchedEvidence } from '../providers/evidence-source.ts';
import type { FetchingDependencies } from './job-work.ts';
import { recordFetched } from './record-fetched.ts';
import { reportVerdict } from './report-fetched.ts';

/**
 * Applies the word that a job was to look up, where neither this try nor one before has fetched anything that says the
 * outcome: it counts like a result that the job has fetched, so that one that was asked for later still outranks it.
 */
export async function applyWithheld(
  job: EvidenceJob,
  { outcome = null }: FetchedEvidence,
  dependencies: FetchingDependencies,
): Promise<void> {
  const { verifications, telemetry } = dependencies;
  const { provider, verificationId, sequence, withheld } = job;
  if (withheld === null || outcome !== null) return;
  const known = await verifications.read(verificationId);
  if (known === null || (known.askedBy ?? 0) >= sequence) return;
  const transition: Transition = {
    ...withheld,
    provider,
    verificationId,
    source: known.source,
    reference: null,
    fingerprint: fingerprint({ withheld: sequence }),
    confirmed: true,
    progress: false,
    wantsEvidence: false,
    findings: noFindings,
    askedBy: sequence,
  };
  const verdict = await recordFetched(transition, job, dependencies);
  reportVerdict(verdict, { verificationId, sequence }, telemetry);
}
