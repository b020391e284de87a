import type { Transition } from '../contract/transition.ts';
import { formatInstant } from '../parsing/instant.ts';
import { clockAndIdGenerator } from '../platform/clients.ts';
import { recordTransition } from '../verifications/record-transition.ts';
import { type CaseStack, createStackVerifications } from './case-stack.ts';

/**
 * The result of recording what we did at the provider. `stale` and `duplicate` are normal if a webhook was faster.
 * `failed` means that the table could not be written.
 */
export type CaseRegistration =
  | { readonly kind: 'accepted'; readonly sequence: number }
  | { readonly kind: 'duplicate' | 'stale'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * Records what we did at the provider, through the same decision and the same write as a webhook. An error is returned
 * and not thrown, because the change at the provider has happened, and the caller must learn about it.
 */
export async function recordOwnTransition(
  transition: Transition,
  stack: CaseStack,
): Promise<CaseRegistration> {
  const { now, newId } = clockAndIdGenerator;
  try {
    const recorded = await recordTransition(createStackVerifications(stack), {
      transition,
      receivedAt: formatInstant(now()),
      writeId: newId(),
      delivery: null,
    });
    return recorded.kind === 'accepted'
      ? { kind: recorded.kind, sequence: recorded.sequence }
      : { kind: recorded.kind, reason: recorded.reason };
  } catch (error) {
    return { kind: 'failed', error };
  }
}
