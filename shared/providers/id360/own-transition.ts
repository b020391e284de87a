import type { Statement, Transition } from '../../contract/transition.ts';
import { makeOwnTransition } from '../case-adapter.ts';
import { id360VerificationId } from './enrollment-id.ts';
import { id360StatusRules } from './statuses.ts';

/** Makes the transition of an enrollment that we created or discontinued ourselves. */
export function makeOwnId360Transition(
  id: string,
  reference: string | null,
  providerStatus: 'NEW' | 'DISCONTINUED',
): Transition<Statement> {
  return makeOwnTransition(
    {
      provider: 'id360',
      verificationId: id360VerificationId(id),
      source: '/providers/id360',
      reference,
      providerStatus,
    },
    id360StatusRules[providerStatus],
  );
}
