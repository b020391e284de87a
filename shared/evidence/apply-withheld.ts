import { fingerprint } from '../contract/canonical-json.ts';
import type { EvidenceJob } from '../contract/evidence-job.ts';
import { noFindings } from '../contract/identity.ts';
import type { Transition } from '../contract/transition.ts';
import type { FetchingDependencies } from './job-work.ts';
import { recordFetched } from './record-fetched.ts';
import { reportVerdict } from './report-fetched.ts';

/**
 * Applies the word that a job was to look up, and could not: it counts like a result that the job has fetched, so that
 * one that was asked for later still outranks it, and one that an earlier try of this job has fetched as well.
 */
export async function applyWithheld(job: EvidenceJob, dependencies: FetchingDependencies): Promise<void> {
  const { verifications, telemetry } = dependencies;
  const { provider, verificationId, sequence, withheld } = job;
  const known = withheld && (await verifications.read(verificationId));
  if (withheld === null || known === null || (known.askedBy ?? 0) >= sequence) return;
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
  const verdict = await recordFetched(transition, dependencies);
  reportVerdict(verdict, { verificationId, sequence }, telemetry);
}
