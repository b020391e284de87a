import type { StateForProviderStatus } from '../../contract/state.ts';
import type { Origin, Transition } from '../../contract/transition.ts';
import { pickStateForProviderStatus } from '../../parsing/provider-status.ts';

/** The fields of a Datakeen transition that depend on its origin: a webhook, a lookup or a comparison. */
type OwnFields<From extends Origin> = Omit<
  Transition<From>,
  keyof StateForProviderStatus | 'provider' | 'verificationId' | 'source' | 'occurredAt'
>;

/** Makes a transition of a Datakeen session. Its time is null, because Datakeen gives no time. */
export function makeDatakeenTransition<From extends Origin>(
  verificationId: string,
  rule: StateForProviderStatus,
  own: OwnFields<From>,
): Transition<From> {
  return {
    provider: 'datakeen',
    verificationId,
    source: '/providers/datakeen',
    ...pickStateForProviderStatus(rule),
    occurredAt: null,
    ...own,
  };
}
