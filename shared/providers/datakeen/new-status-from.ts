import * as z from 'zod';
import { isReference } from '../../parsing/reference.ts';

/**
 * Which signed URLs `newStatus` is believed from. Users can learn the URL of their own session.
 *
 * - `{reference}`: from the one that is entered in Datakeen's back office, which serves all sessions and names no case.
 *   It alone decides: what the controls say is not waited for, nor believed.
 * - `every-url`: from each; where there is no word, the controls decide.
 * - `no-url`: the controls decide, whatever a webhook says.
 */
export const NewStatusFrom = z.union([
  z.enum(['every-url', 'no-url']),
  z.strictObject({ reference: z.string().refine(isReference, 'is not a reference') }),
]);
export type NewStatusFrom = z.infer<typeof NewStatusFrom>;

export function isBackOffice(from: NewStatusFrom, reference: string | null): boolean {
  return typeof from === 'object' && from.reference === reference;
}

export function isBelieved(from: NewStatusFrom, reference: string | null): boolean {
  return from === 'every-url' || isBackOffice(from, reference);
}

/** Whether the controls decide where there is no word. */
export function controlsDecide(from: NewStatusFrom): boolean {
  return typeof from === 'string';
}
