import type { Transition } from '../contract/transition.ts';
import type { Verification } from './verification.ts';

type Referenced = Pick<Verification, 'reference' | 'referenceDisputed'>;

/**
 * The caller's reference once a transition is accepted. For statements and lookups the newest one counts. The sender of
 * a hint only proves that it holds a signed URL: users can send another's session to the URL of their own case. So if
 * hints name different references, none is believed from then on.
 */
export function referenceAfter(
  known: Referenced | null,
  { reference, echoedReference = null, origin }: Pick<Transition, 'reference' | 'echoedReference' | 'origin'>,
): Referenced {
  const before = known?.reference ?? null;
  const differs = reference !== null && before !== null && reference !== before;
  const referenceDisputed = known?.referenceDisputed === true || (differs && origin.kind === 'hint');
  return {
    reference: referenceDisputed ? null : (reference ?? before ?? echoedReference),
    referenceDisputed,
  };
}
