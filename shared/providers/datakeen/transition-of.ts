import type { StatusRule } from '../../contract/state.ts';
import type { Origin, Transition } from '../../contract/transition.ts';

/** What differs between a hint, a lookup, and the hint of a result that has changed. */
type Said<From extends Origin> = Omit<
  Transition<From>,
  keyof StatusRule | 'provider' | 'verificationId' | 'source' | 'occurredAt'
>;

/** A transition of a session. Datakeen gives no time. */
export function transitionOf<From extends Origin>(
  verificationId: string,
  rule: StatusRule,
  said: Said<From>,
): Transition<From> {
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
    ...said,
  };
}
