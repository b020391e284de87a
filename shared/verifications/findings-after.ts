import { emptyFindings, type Findings } from '../contract/identity.ts';
import type { Outcome } from '../contract/state.ts';
import type { Transition } from '../contract/transition.ts';
import { withholdClaims } from '../contract/withhold-claims.ts';
import type { AcceptedDecision } from '../ordering/decision.ts';
import type { StoredFindings } from './stored-findings.ts';
import type { Verification } from './verification.ts';

export const noFindings: StoredFindings = { asOf: 0, inline: emptyFindings, object: null };

/**
 * Returns the findings of a verification after an accepted transition.
 *
 * ```
 * transition                                     findings afterwards
 * --------------------------------------------   ------------------------------------------------------
 * recheck                                        as before: its findings may belong to another outcome
 * new state, describes the case                  those of the transition
 * new state, describes nothing, same attempt     as before, if they describe the case
 * new state, describes nothing, otherwise        those of the transition
 * ```
 *
 * In each row, the claims move to `extracted` unless the outcome is `approved`. Within an attempt, `provider_data` grows:
 * a member stays until the provider sends it again. Only a lookup that causes a recheck adds nothing.
 */
export function computeFindingsAfter(
  known: Verification | null,
  { findings, origin, outcome }: Pick<Transition, 'findings' | 'origin' | 'outcome'>,
  { change, attempt }: AcceptedDecision,
  sequence: number,
): StoredFindings {
  const before = known?.findings ?? noFindings;
  if (change === 'recheck') return origin.kind === 'lookup' ? before : addProviderData(before, findings);
  const isSameAttempt = known?.ordering.attempt === attempt;
  if (isSameAttempt && !describesCase(findings) && isKept(before))
    return withholdStoredClaims(addProviderData(before, findings), outcome);
  const asOf = origin.kind === 'lookup' ? origin.requestedBy : sequence;
  const all = isSameAttempt ? keepProviderData(before, findings) : findings;
  return { asOf, inline: withholdClaims(all, outcome), object: null };
}

/** Adds `provider_data` to findings in the row. Findings in the bucket stay as they are: their object is complete. */
function addProviderData(stored: StoredFindings, { provider_data: added }: Findings): StoredFindings {
  const { inline, object } = stored;
  if (object !== null || Object.keys(added).length === 0) return stored;
  return { ...stored, inline: { ...inline, provider_data: { ...inline.provider_data, ...added } } };
}

/** Returns new findings with the earlier `provider_data`, as far as the new findings do not replace it. */
export function keepProviderData({ inline }: StoredFindings, findings: Findings): Findings {
  return { ...findings, provider_data: { ...inline.provider_data, ...findings.provider_data } };
}

/** Moves the claims of stored findings to `extracted`, unless the case is approved. */
export function withholdStoredClaims(stored: StoredFindings, outcome: Outcome | null): StoredFindings {
  const { inline, object } = stored;
  if (outcome === 'approved') return stored;
  return {
    ...stored,
    inline: withholdClaims(inline, outcome),
    object: object && { ...object, isVerified: false },
  };
}

const isKept = ({ inline, object }: StoredFindings) => object !== null || describesCase(inline);

/** Checks whether findings contain facts about the person, the documents or the checks, not only `provider_data`. */
function describesCase({ claims, extracted, submitted, documents, checks }: Findings): boolean {
  return [claims, extracted, submitted, documents, checks].some((member) => Object.keys(member).length > 0);
}
