import type { Hint, Statement, Transition } from '../../contract/transition.ts';
import type { Verification } from '../../verifications/verification.ts';

/** What the provider says about a case; null if it has no data of the case, or could not be asked. */
export type ProviderAnswer = Transition<Hint | Statement> | null;

/**
 * Weighs what a provider says about an open, silent case. This function is pure.
 *
 * ```
 * answer                                      meaning
 * -----------------------------------------   -----------------------------------------------------------
 * a state that differs from the known one     news: the webhook of this state is lost
 * a hint, and no evidence was ever requested  news: the webhook of this hint is lost
 * else, not the last lookup                   nothing new
 * else, the case is in review                 nothing new: a review may take longer
 * else                                        overdue: the case can no longer complete
 * ```
 *
 * If only other parts of an open state differ, the answer is not news: each event would make the case look less silent.
 */
export function weighAnswer(
  known: Pick<Verification, 'phase' | 'providerStatus' | 'evidence'>,
  answer: ProviderAnswer,
  isLast: boolean,
): 'news' | 'nothing-new' | 'overdue' {
  if (answer !== null && isNews(known, answer)) return 'news';
  const isStillInReview = answer !== null && known.phase === 'in_review';
  return isLast && !isStillInReview ? 'overdue' : 'nothing-new';
}

function isNews(
  known: Pick<Verification, 'phase' | 'providerStatus' | 'evidence'>,
  { origin, finality, phase, providerStatus }: Transition<Hint | Statement>,
): boolean {
  if (origin.kind === 'hint') return known.evidence === null;
  return finality === 'final' || phase !== known.phase || providerStatus !== known.providerStatus;
}
