import type { StatusRule } from '../../contract/state.ts';
import type { Transition } from '../../contract/transition.ts';

/** What differs between a webhook's word, a fetched result, and a result that has changed. */
type Said = Omit<
  Transition,
  keyof StatusRule | 'provider' | 'verificationId' | 'source' | 'occurredAt' | 'progress'
>;

/** A transition of a session. Datakeen gives no time, and tells no steps. */
export function transitionOf(verificationId: string, rule: StatusRule, said: Said): Transition {
  const { phase, outcome, finality, flags, rank } = rule;
  return {
    provider: 'datakeen',
    verificationId,
    source: '/providers/datakeen',
    phase,
    outcome,
    finality,
    flags: [...flags],
    rank,
    occurredAt: null,
    progress: false,
    ...said,
  };
}
