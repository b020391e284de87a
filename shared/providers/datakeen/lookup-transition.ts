import { fingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { Lookup, Transition } from '../../contract/transition.ts';
import { failedControlReasons } from './controls.ts';
import { datakeenTransition } from './datakeen-transition.ts';
import { datakeenFindings } from './findings.ts';
import type { ReadResult } from './read-result.ts';
import { datakeenStatusOf, isAnalystDecision, verdictRules } from './statuses.ts';
import { controlsVerdict } from './verdict.ts';

interface FetchedResult {
  readonly result: ReadResult;
  /** Hash of the bytes of the result. */
  readonly digest: string;
}

/**
 * Makes the transition of a fetched result. Its outcome is that of the status in the hint that requested the lookup. If
 * the hint had no status, the controls decide. If they have lost their verdict, an earlier decision of theirs is revised.
 *
 * @returns null if the hint had no status, and the controls do not decide or are incomplete
 */
export function lookupTransition(
  job: EvidenceJob,
  { result, digest }: FetchedResult,
  controlsDecide: boolean,
): Transition<Lookup> | null {
  const status = datakeenStatusOf(job.providerStatus);
  const verdict = controlsDecide ? (controlsVerdict(result) ?? (result.complete ? 'none' : null)) : null;
  const rule = status?.rule.asLookup ?? (verdict && verdictRules[verdict]);
  if (rule === null) return null;
  const approved = rule.outcome === 'approved';
  return datakeenTransition<Lookup>(job.verificationId, rule, {
    origin: {
      kind: 'lookup',
      requestedBy: job.sequence,
      effect: rule === verdictRules.none ? 'revise' : 'decide',
    },
    // The result contains no reference. The signed URL has given it already.
    reference: null,
    // Analysts override controls, so that failed controls are not their reasons.
    reasons: approved || isAnalystDecision(rule) ? [] : failedControlReasons(result),
    providerStatus: status?.providerStatus ?? '',
    fingerprint: fingerprint({ requestedBy: job.sequence, digest }),
    findings: datakeenFindings(result, approved),
  });
}
