import * as z from 'zod';
import { isReference } from '../../parsing/reference.ts';

/**
 * The signed URLs whose `newStatus` a stage trusts. Users can learn the URL of their own session.
 *
 * - `{reference}`: trusts only the URL that is entered in Datakeen's back office. It serves all sessions and names no
 *   case. Only its status decides; the controls never do.
 * - `every-url`: trusts every URL. The controls decide if a webhook has no status.
 * - `no-url`: trusts no URL. The controls always decide.
 */
export const NewStatusFrom = z.union([
  z.enum(['every-url', 'no-url']),
  z.strictObject({ reference: z.string().refine(isReference, 'is not a reference') }),
]);
export type NewStatusFrom = z.infer<typeof NewStatusFrom>;

/** Checks whether a signed URL is the one that is entered in Datakeen's back office. */
export function isBackOfficeUrl(from: NewStatusFrom, reference: string | null): boolean {
  return typeof from === 'object' && from.reference === reference;
}

/** Checks whether the stage trusts `newStatus` from a signed URL. */
export function trustsNewStatus(from: NewStatusFrom, reference: string | null): boolean {
  return from === 'every-url' || isBackOfficeUrl(from, reference);
}

/** Checks whether the controls decide a case if no trusted status does. */
export function controlsDecide(from: NewStatusFrom): boolean {
  return typeof from === 'string';
}
