import type { StatusRule } from '../../contract/state.ts';
import type { Origin, Transition } from '../../contract/transition.ts';
import { fieldsOfRule } from '../../parsing/provider-status.ts';

/** The fields that differ between a webhook's hint, a lookup, and the hint for a changed result. */
type OwnFields<From extends Origin> = Omit<
  Transition<From>,
  keyof StatusRule | 'provider' | 'verificationId' | 'source' | 'occurredAt'
>;

/** Makes a transition of a session. Its time is null, because Datakeen gives none. */
export function datakeenTransition<From extends Origin>(
  verificationId: string,
  rule: StatusRule,
  own: OwnFields<From>,
): Transition<From> {
  return {
    provider: 'datakeen',
    verificationId,
    source: '/providers/datakeen',
    ...fieldsOfRule(rule),
    occurredAt: null,
    ...own,
  };
}
