import type { ProviderName } from '../contract/provider-name.ts';
import { pathSafe } from '../platform/path-safe.ts';

/** The verification that an object belongs to. */
export interface Owner {
  readonly provider: ProviderName;
  readonly verificationId: string;
}

/**
 * The part of an S3 key that names a verification: `{provider}/{verification}`. Everything that is stored of a
 * verification is below it, in whatever area of the bucket, so that no object of one person can be taken for
 * another's, and a case can be deleted by its prefixes.
 *
 * @example ownerPath({ provider: 'idnow', verificationId: 'idnow:demo:txn-1' }) // 'idnow/idnow!demo!txn-1'
 */
export function ownerPath({ provider, verificationId }: Owner): string {
  return `${provider}/${pathSafe(verificationId)}`;
}

/** @example 'findings/id360/id360!50123/6f1c….json' */
export function findingsKey(owner: Owner, name: string): string {
  return `findings/${ownerPath(owner)}/${name}.json`;
}

/**
 * The key of a raw body.
 *
 * @param verificationId null where the delivery names no verification
 * @example 'deliveries/id360/id360!50123/6f1c….gz', 'deliveries/id360/unidentified/6f1c….gz'
 */
export function bodyKey(provider: ProviderName, verificationId: string | null, deliveryId: string): string {
  const path = verificationId === null ? `${provider}/unidentified` : ownerPath({ provider, verificationId });
  return `deliveries/${path}/${deliveryId}.gz`;
}

/** A sequence as a part of a key: six digits, so that keys sort as numbers do. */
export function sequencePath(sequence: number): string {
  return String(sequence).padStart(6, '0');
}
