import { fingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { noFindings } from '../../contract/identity.ts';
import type { Transition } from '../../contract/transition.ts';
import { findingsOf } from './findings.ts';
import type { ReadResult } from './read-result.ts';
import { over } from './statuses.ts';
import { transitionOf } from './transition-of.ts';

/**
 * What it means that a session has another result than the one that was archived: as much as a webhook without a
 * word, which has it fetched and archived anew. Null where both say the same, whatever else is in their bytes.
 *
 * @param job its sequence is that of the archived result
 */
export function changedTransition(job: EvidenceJob, before: ReadResult, now: ReadResult): Transition | null {
  const digest = fingerprint(findingsOf(now, true));
  if (digest === fingerprint(findingsOf(before, true))) return null;
  return transitionOf(job.verificationId, over, {
    reference: null,
    reasons: [],
    providerStatus: '',
    // However many repetitions find the same.
    fingerprint: fingerprint({ after: job.sequence, digest }),
    confirmed: false,
    wantsEvidence: true,
    findings: noFindings,
  });
}
