import * as z from 'zod/mini';
import { isReference } from '../../parsing/reference.ts';

/**
 * The setting `newStatusFrom` of a stage. It says at which signed URLs we trust the status (`newStatus`) of a webhook.
 * Without this setting, a user who learns the URL of their own session could send a false status.
 *
 * - `{reference}`: only at the URL that is entered in Datakeen's back office. This URL serves all sessions, so its
 *   reference belongs to no case. Only a status from this URL decides a case; the controls never do.
 * - `every-url`: at every signed URL. If a webhook has no status, the controls decide.
 * - `no-url`: at no URL. The controls always decide.
 */
export const TrustedNewStatusUrls = z.union([
  z.enum(['every-url', 'no-url']),
  z.strictObject({ reference: z.string().check(z.refine(isReference, 'is not a reference')) }),
]);
export type TrustedNewStatusUrls = z.infer<typeof TrustedNewStatusUrls>;

/** Checks whether the signed URL with this reference is the URL that is entered in Datakeen's back office. */
export function isBackOfficeUrl(from: TrustedNewStatusUrls, reference: string | null): boolean {
  return typeof from === 'object' && from.reference === reference;
}

/** Checks whether the stage trusts the status (`newStatus`) of a webhook whose signed URL has this reference. */
export function trustsNewStatus(from: TrustedNewStatusUrls, reference: string | null): boolean {
  return from === 'every-url' || isBackOfficeUrl(from, reference);
}

/**
 * Checks whether the controls decide a case that has no trusted status. If the stage trusts the status at the back
 * office's URL, the controls do not decide. Then only a status from that URL decides.
 */
export function areControlsDecisive(from: TrustedNewStatusUrls): boolean {
  return typeof from === 'string';
}
