import { computeFingerprint } from '../../contract/canonical-json.ts';
import type { EvidenceJob } from '../../contract/evidence-job.ts';
import type { StateForProviderStatus } from '../../contract/state.ts';
import type { Lookup, Transition } from '../../contract/transition.ts';
import { makeDatakeenTransition } from './datakeen-transition.ts';
import { makeDatakeenFindings } from './findings.ts';
import type { DatakeenResult } from './read-result.ts';
import { listControlReasons } from './reasons.ts';
import { isAnalystDecision, mapDatakeenStatus, stateByControlsVerdict } from './statuses.ts';
import { computeVerdictOfControls } from './verdict.ts';

interface FetchedResult {
  readonly result: DatakeenResult;
  /** The SHA-256 hash of the bytes of the fetched result. */
  readonly digest: string;
}

/**
 * Makes the transition of a fetched Datakeen result. The first of these rules that fits gives the outcome:
 *
 * 1. The hint that requested the lookup had a status: this status decides.
 * 2. The controls give a verdict: this verdict decides.
 * 3. The result is complete: the transition may only revise an outcome that the controls decided earlier.
 *
 * @returns null if no rule fits. Rules 2 and 3 apply only if `areControlsDecisive` is true
 */
export function makeDatakeenLookupTransition(
  job: EvidenceJob,
  { result, digest }: FetchedResult,
  areControlsDecisive: boolean,
): Transition<Lookup> | null {
  const status = mapDatakeenStatus(job.providerStatus);
  const verdict = areControlsDecisive
    ? (computeVerdictOfControls(result) ?? (result.complete ? 'none' : null))
    : null;
  const rule = status?.rule.asLookup ?? (verdict && stateByControlsVerdict[verdict]);
  if (rule === null) return null;
  return makeDatakeenTransition<Lookup>(job.verificationId, rule, {
    origin: {
      kind: 'lookup',
      requestedBy: job.sequence,
      effect: rule === stateByControlsVerdict.none ? 'revise' : 'decide',
    },
    // A Datakeen result contains no reference. We know the reference from the signed URL of the webhook.
    reference: null,
    reasons: isExplainedByControls(rule) ? listControlReasons(result) : [],
    providerStatus: status?.providerStatus ?? '',
    fingerprint: computeFingerprint({ requestedBy: job.sequence, digest }),
    findings: makeDatakeenFindings(result, rule.outcome),
  });
}

/**
 * Checks whether failed controls can be the reasons of a state: if the machine or the controls declined the case, or the
 * machine is not sure. Analysts can override controls, and an outcome `error` means that no control gave a verdict.
 */
function isExplainedByControls(rule: StateForProviderStatus): boolean {
  return (rule.outcome === 'declined' || rule.outcome === null) && !isAnalystDecision(rule);
}
