import { fingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Lookup, Transition } from '../../contract/transition.ts';
import { reasonsOf } from './controls.ts';
import { findingsOf } from './findings.ts';
import type { ReadResult } from './read-result.ts';
import { datakeenStatusOf, isAnalystDecision, verdictRules } from './statuses.ts';
import { transitionOf } from './transition-of.ts';
import { verdictOf } from './verdict.ts';

interface Fetched {
  readonly result: ReadResult;
  /** Of the bytes that it was read from. */
  readonly digest: string;
}

/**
 * What a fetched result means: the word of the webhook that asked for it, else what its controls say, where they
 * decide. Where they say nothing, an earlier decision of theirs does not stand any more. Null where there is no word,
 * and the controls do not decide, or are not complete.
 */
export function confirmedTransition(
  job: EvidenceJob,
  { result, digest }: Fetched,
  controlsDecide: boolean,
): Transition<Lookup> | null {
  const status = datakeenStatusOf(job.providerStatus);
  const verdict = controlsDecide ? (verdictOf(result) ?? (result.complete ? 'none' : null)) : null;
  const rule = status?.rule.asLookup ?? (verdict && verdictRules[verdict]);
  if (rule === null) return null;
  const approved = rule.outcome === 'approved';
  return transitionOf<Lookup>(job.verificationId, rule, {
    origin: {
      kind: 'lookup',
      requestedBy: job.sequence,
      effect: rule === verdictRules.none ? 'revise' : 'decide',
    },
    // The signed URL has given it; the result has none.
    reference: null,
    // An analyst says nothing of theirs.
    reasons: approved || isAnalystDecision(rule) ? [] : reasonsOf(result),
    providerStatus: status?.providerStatus ?? '',
    fingerprint: fingerprint({ requestedBy: job.sequence, digest }),
    findings: findingsOf(result, approved),
  });
}
