import type { Transition } from '../contract/transition.ts';
import type { Verification } from './verification.ts';

type Referenced = Pick<Verification, 'reference' | 'referenceDisputed'>;

/**
 * The caller's reference once a transition is accepted: of a confirmed sender the newest. An unconfirmed sender
 * only proves that it holds a signed URL: a user can send another's session to the URL of their own case. So where
 * two references claim one verification, neither is believed any more.
 */
export function referenceAfter(
  known: Referenced | null,
  {
    reference,
    echoedReference = null,
    confirmed,
  }: Pick<Transition, 'reference' | 'echoedReference' | 'confirmed'>,
): Referenced {
  const before = known?.reference ?? null;
  const differs = reference !== null && before !== null && reference !== before;
  const referenceDisputed = known?.referenceDisputed === true || (differs && !confirmed);
  return {
    reference: referenceDisputed ? null : (reference ?? before ?? echoedReference),
    referenceDisputed,
  };
}
