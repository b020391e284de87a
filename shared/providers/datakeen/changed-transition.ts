import { fingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import { noFindings } from '../../contract/identity.ts';
import type { Transition } from '../../contract/transition.ts';
import { findingsOf } from './findings.ts';
import type { ReadResult } from './read-result.ts';
import { over } from './statuses.ts';
import { transitionOf } from './transition-of.ts';

interface Archived {
  /** Of the event that asked for it. */
  readonly sequence: number;
  readonly result: ReadResult;
}

/**
 * What it means that a session has another result than the one that was archived, or that it has one by now: as much
 * as a webhook without a word, which has it fetched and archived. Null where both say the same, whatever else is in
 * their bytes.
 *
 * @param before null where none has been archived
 */
export function changedTransition(
  { verificationId }: EvidenceJob,
  before: Archived | null,
  now: ReadResult,
): Transition | null {
  const digest = digestOf(now);
  if (before !== null && digest === digestOf(before.result)) return null;
  return transitionOf(verificationId, over, {
    reference: null,
    reasons: [],
    providerStatus: '',
    // However many repetitions find the same.
    fingerprint: fingerprint({ after: before?.sequence ?? null, digest }),
    confirmed: false,
    wantsEvidence: true,
    findings: noFindings,
  });
}

const digestOf = (result: ReadResult) => fingerprint(findingsOf(result, true));
