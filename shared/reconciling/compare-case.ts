import type { Hint, Statement, Transition } from '../contract/transition.ts';
import { formatInstant } from '../parsing/instant.ts';
import { recordTransition } from '../verifications/record-transition.ts';
import type { VerificationStore } from '../verifications/verification-store.ts';
import { type Difference, findDifference } from './find-difference.ts';

/** The result of one case. */
export type ReconciledCase =
  | { readonly kind: 'same'; readonly verificationId: string }
  /** `sequence` is the event's sequence; null in a dry run, or if another writer was faster. */
  | { readonly kind: 'different'; readonly difference: Difference; readonly sequence: number | null }
  /** The provider listed a case that we do not understand, or could not be asked about a case. */
  | { readonly kind: 'unclear'; readonly verificationId: string | null; readonly why: string };

interface Comparison {
  readonly verifications: VerificationStore;
  /** False for a dry run, which writes nothing. */
  readonly apply: boolean;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** Compares what the provider says about a case with its row, and applies a difference like a webhook. */
export async function compareCase(
  transition: Transition<Hint | Statement>,
  { verifications, apply, now, newId }: Comparison,
): Promise<ReconciledCase> {
  const { verificationId } = transition;
  const incoming = { transition, receivedAt: formatInstant(now()), writeId: newId(), delivery: null };
  const difference = findDifference(await verifications.read(verificationId), incoming);
  if (difference === null) return { kind: 'same', verificationId };
  if (!apply) return { kind: 'different', difference, sequence: null };
  const recorded = await recordTransition(verifications, incoming);
  const sequence = recorded.kind === 'accepted' ? recorded.sequence : null;
  return { kind: 'different', difference, sequence };
}
