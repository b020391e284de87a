import { computeFingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { emptyFindings } from '../../contract/identity.ts';
import type { Hint, Transition } from '../../contract/transition.ts';
import { makeDatakeenTransition } from './datakeen-transition.ts';
import { makeDatakeenFindings } from './findings.ts';
import type { DatakeenResult } from './read-result.ts';
import { stateForHintWithoutStatus } from './statuses.ts';

/**
 * Makes a hint if a comparison shows that Datakeen's result has changed. The hint equals the hint of a webhook without
 * a status, and requests an archive of the new result.
 *
 * @param job its `sequence` is the sequence of the archived result
 * @param before the archived result; null if no result is archived
 * @returns null if both results have the same findings, even if their bytes differ
 */
export function makeHintForChangedResult(
  { verificationId, sequence }: EvidenceJob,
  before: DatakeenResult | null,
  now: DatakeenResult,
): Transition<Hint> | null {
  const digest = digestOf(now);
  if (before !== null && digest === digestOf(before)) return null;
  return makeDatakeenTransition<Hint>(verificationId, stateForHintWithoutStatus, {
    origin: { kind: 'hint', onRepeat: 'ignore' },
    reference: null,
    reasons: [],
    providerStatus: '',
    // Two comparisons that find the same change make hints with the same fingerprint. So only the first of these hints
    // is accepted.
    fingerprint: computeFingerprint({ after: sequence, digest }),
    findings: emptyFindings,
  });
}

const digestOf = (result: DatakeenResult) => computeFingerprint(makeDatakeenFindings(result, 'approved'));
