import type { Transition } from '../contract/transition.ts';
import type { Verification } from './verification.ts';

type Referenced = Pick<Verification, 'reference' | 'hasReferenceConflict'>;

/**
 * Returns the caller's reference after an accepted transition. For statements and lookups, the newest reference counts.
 * A hint never replaces a known reference, because its sender proves only that it knows a signed URL: users can send
 * another user's session to the URL of their own case. If a hint names another reference than the known one, the
 * verification has no reference from then on.
 */
export function computeCallerReference(
  known: Referenced | null,
  { reference, echoedReference = null, origin }: Pick<Transition, 'reference' | 'echoedReference' | 'origin'>,
): Referenced {
  const before = known?.reference ?? null;
  const differs = reference !== null && before !== null && reference !== before;
  const hasReferenceConflict = known?.hasReferenceConflict === true || (differs && origin.kind === 'hint');
  return {
    reference: hasReferenceConflict ? null : (reference ?? before ?? echoedReference),
    hasReferenceConflict,
  };
}
