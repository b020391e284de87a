import type { ProviderName } from '../contract/provider-name.ts';
import { escapeIdForS3Key } from '../platform/path-safe.ts';

/** The verification to which an object in the bucket belongs. */
export interface ProviderAndVerificationId {
  readonly provider: ProviderName;
  readonly verificationId: string;
}

/**
 * Returns the part of an S3 key that names a verification: `{provider}/{verification}`. In each area of the bucket, all
 * objects of a verification are below this path. So objects of different persons cannot be confused, and a case can be
 * deleted by its prefixes.
 *
 * @example buildS3PathOfVerification({ provider: 'idnow', verificationId: 'idnow:demo:txn-1' }) // 'idnow/idnow!demo!txn-1'
 */
export function buildS3PathOfVerification({ provider, verificationId }: ProviderAndVerificationId): string {
  return `${provider}/${escapeIdForS3Key(verificationId)}`;
}

/**
 * Returns the folder for findings that one write moves to the bucket. Its name contains the id of the write, which is
 * unique, and a digest of the findings: another try of the same write may have other findings, and objects are never
 * overwritten.
 *
 * @example 'findings/id360/id360!50123/20261122T101000Z/6f1c….1a2b3c4d'
 */
export function buildFindingsFolder(
  owner: ProviderAndVerificationId & { readonly generation: string; readonly version: string },
  digest: string,
): string {
  return `findings/${buildS3PathOfVerification(owner)}/${owner.generation}/${owner.version}.${digest}`;
}

/** Returns the key of findings in their folder: with claims, or with the same facts as `extracted`. */
export function buildFindingsKey({
  folder,
  isVerified,
}: {
  readonly folder: string;
  readonly isVerified: boolean;
}): string {
  return `${folder}/${isVerified ? 'verified' : 'unverified'}.json`;
}

/** The prefix of all unconfirmed writes in the bucket. */
export const unconfirmedWritesPrefix = 'unconfirmed/';

/**
 * Returns the key of unconfirmed writes in the bucket. It names the newest of them: which writes a row carries follows from
 * its newest write, so one key never stands for two lists.
 *
 * @example 'unconfirmed/id360/id360!50123/20261122T101000Z/6f1c….json'
 */
export function buildUnconfirmedWritesKey(
  newest: ProviderAndVerificationId & { readonly generation: string; readonly version: string },
): string {
  return `${unconfirmedWritesPrefix}${buildS3PathOfVerification(newest)}/${newest.generation}/${newest.version}.json`;
}

/**
 * Returns the key of a raw body.
 *
 * @param verificationId null if the delivery names no verification
 * @example 'deliveries/id360/id360!50123/6f1c….gz', 'deliveries/id360/unidentified/6f1c….gz'
 */
export function buildRawBodyKey(
  provider: ProviderName,
  verificationId: string | null,
  deliveryId: string,
): string {
  const path =
    verificationId === null
      ? `${provider}/unidentified`
      : buildS3PathOfVerification({ provider, verificationId });
  return `deliveries/${path}/${deliveryId}.gz`;
}

/** Returns a sequence as a part of an S3 key, with six digits, so that keys sort in numeric order. */
export function formatSequenceForKey(sequence: number): string {
  return String(sequence).padStart(6, '0');
}
