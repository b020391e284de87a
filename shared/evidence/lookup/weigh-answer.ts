import type { Hint, Statement, Transition } from '../../contract/transition.ts';
import type { Verification } from '../../verifications/verification.ts';

/** What the provider says about a case; null if it has no data of the case. */
export type ProviderAnswer = Transition<Hint | Statement> | null;

type KnownCase = Pick<Verification, 'phase' | 'providerStatus' | 'evidence' | 'ordering'>;

/**
 * Weighs what a provider says about an open, silent case. This function is pure.
 *
 * ```
 * answer                                              meaning
 * -------------------------------------------------   ------------------------------------------------------
 * a state that differs from the known one             news: the webhook of this state is lost
 * an end without a time, and it is not attempt 1      nothing new: it may be the end of an earlier attempt
 * a hint, and no evidence is archived or requested    news: the webhook of this hint is lost
 * else, not the last lookup                           nothing new
 * else, a hint                                        nothing new: the result exists, and somebody may still decide
 * else, a state, and the case is in review            nothing new: a review may take longer
 * else                                                overdue: the case can no longer complete
 * ```
 *
 * If only other parts of an open state differ, the answer is not news: each event would make the case look less silent.
 */
export function weighAnswer(
  known: KnownCase,
  answer: ProviderAnswer,
  isLast: boolean,
): 'news' | 'nothing-new' | 'overdue' {
  if (answer !== null && isNews(known, answer)) return 'news';
  return isLast && !mayStillComplete(known, answer) ? 'overdue' : 'nothing-new';
}

function isNews(known: KnownCase, answer: Transition<Hint | Statement>): boolean {
  const { origin, finality, phase, providerStatus, occurredAt } = answer;
  if (origin.kind === 'hint') return known.evidence === null || known.evidence.status === 'failed';
  if (finality === 'final') return true;
  if (phase === 'completed' && occurredAt === null && known.ordering.attempt > 1) return false;
  return phase !== known.phase || providerStatus !== known.providerStatus;
}

function mayStillComplete({ phase }: KnownCase, answer: ProviderAnswer): boolean {
  if (answer === null) return false;
  return answer.origin.kind === 'hint' || phase === 'in_review';
}
