import { computeFingerprint } from '../../contract/canonical-json.ts';
import type { CaseToLookUp } from '../../contract/evidence-adapter.ts';
import { emptyFindings } from '../../contract/identity.ts';
import type { Hint, Transition } from '../../contract/transition.ts';
import { getJsonMember } from '../../parsing/member-of.ts';
import { makeDatakeenTransition } from './datakeen-transition.ts';
import type { DatakeenResult } from './read-result.ts';
import { stateForHintWithoutStatus } from './statuses.ts';

/**
 * Makes a hint if a comparison shows that Datakeen's result has changed. The hint equals the hint of a webhook without
 * a status, and requests an archive of the new result.
 *
 * @param job its `sequence` is the sequence of the archived result
 * @param before the archived result; null if no result is archived
 * @returns null if everything that we read is the same in both results, even if their bytes differ
 */
export function makeHintForChangedResult(
  { verificationId, sequence }: CaseToLookUp,
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

/**
 * Returns a digest of what we read from a result. Leaves that only `provider_data` contains do not count, except the
 * kinds and texts of documents: such a leaf may differ in each answer, for example if it is the time of the answer.
 */
function digestOf({ analysisId, documents, crossControls, complete, unreadable }: DatakeenResult): string {
  return computeFingerprint({
    analysisId,
    documents: documents.map(({ type, fields, controls, raw }) => ({
      type,
      card: [getJsonMember(raw, 'cardType'), getJsonMember(raw, 'cardSide')],
      fields: Object.fromEntries(fields),
      controls: Object.fromEntries(controls),
    })),
    crossControls: crossControls.map((controls) => Object.fromEntries(controls)),
    complete,
    unreadable,
  });
}
