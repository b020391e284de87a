import type { Hint, Statement, Transition } from '../contract/transition.ts';
import { weighAnswer } from '../evidence/lookup/weigh-answer.ts';
import { applyTransition } from '../verifications/apply-transition.ts';
import type { Verification } from '../verifications/verification.ts';
import type { IncomingTransition } from '../verifications/write.ts';

/** What the provider says about a case, where it differs from what we know. */
export interface Difference {
  readonly verificationId: string;
  /** The provider status that we know; null if we never heard of the case. */
  readonly known: string | null;
  /** The provider status that the provider reports; empty for a hint. */
  readonly found: string;
  /** What the provider's status means. A hint means only that a result exists (Datakeen). */
  readonly meaning: string;
}

/**
 * Compares what the provider says about a case with what we know. Whether it counts is decided by the same rules as for a
 * webhook. This function is pure.
 *
 * @returns null if the provider says nothing new, or only what is out of date
 */
export function findDifference(
  known: Verification | null,
  incoming: IncomingTransition & { readonly transition: Transition<Hint | Statement> },
): Difference | null {
  const { transition } = incoming;
  if (known !== null && !saysMore(known, transition)) return null;
  if (applyTransition(known, incoming).kind !== 'accepted') return null;
  const { verificationId, providerStatus, phase, outcome, origin } = transition;
  return {
    verificationId,
    known: known?.providerStatus ?? null,
    found: origin.kind === 'hint' ? '' : providerStatus,
    meaning: origin.kind === 'hint' ? 'a result exists' : (outcome ?? phase),
  };
}

/**
 * Checks whether the provider says more than we know. A completed case says more only with another status, or with a later
 * time: otherwise each run would request the evidence of completed cases once more.
 */
function saysMore(known: Verification, answer: Transition<Hint | Statement>): boolean {
  if (known.ordering.progress === 'open') return weighAnswer(known, answer, false) === 'news';
  if (answer.origin.kind === 'hint') return false;
  const { occurredAt } = known.ordering;
  const isLater =
    answer.occurredAt !== null &&
    occurredAt !== null &&
    Date.parse(answer.occurredAt) > Date.parse(occurredAt);
  return isLater || answer.providerStatus !== known.providerStatus;
}
