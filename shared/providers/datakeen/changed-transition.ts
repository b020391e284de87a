import { fingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { noFindings } from '../../contract/identity.ts';
import type { Hint, Transition } from '../../contract/transition.ts';
import { findingsOf } from './findings.ts';
import type { ReadResult } from './read-result.ts';
import { ruleWithoutStatus } from './statuses.ts';
import { transitionOf } from './transition-of.ts';

/**
 * What it means that a session has another result than the one that was archived, or that it has one by now: as much
 * as a webhook without a word, which has it fetched and archived. Null where both say the same, whatever else is in
 * their bytes.
 *
 * @param job its sequence is that of the result before
 * @param before null where that is not archived
 */
export function changedTransition(
  { verificationId, sequence }: EvidenceJob,
  before: ReadResult | null,
  now: ReadResult,
): Transition<Hint> | null {
  const digest = digestOf(now);
  if (before !== null && digest === digestOf(before)) return null;
  return transitionOf<Hint>(verificationId, ruleWithoutStatus, {
    origin: { kind: 'hint', onRepeat: 'ignore' },
    reference: null,
    reasons: [],
    providerStatus: '',
    // However many repetitions find the same.
    fingerprint: fingerprint({ after: sequence, digest }),
    findings: noFindings,
  });
}

const digestOf = (result: ReadResult) => fingerprint(findingsOf(result, true));
