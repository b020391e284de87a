import * as z from 'zod';
import { ConfigurationError } from '../../shared/platform/errors.ts';

const days = z.number().int().positive();

/** The minimum storage time of the class to which S3 moves evidence. If S3 deletes an object earlier, it costs the same. */
const minDaysInColdStorage = 90;

/**
 * How a stage protects the objects of its bucket.
 *
 * @example evidenceProtection: { objectLock: 'compliance', lockDays: 1800 }
 */
export const EvidenceProtection = z
  .strictObject({
    /**
     * The mode of S3 Object Lock. In the mode `governance`, only a person with the right `s3:BypassGovernanceRetention`
     * can delete a locked object. In the mode `compliance`, nobody can, not even the root user of the account.
     */
    objectLock: z.enum(['off', 'governance', 'compliance']).default('off'),
    /**
     * The number of days for which S3 locks each object, from its creation. The default is the longest lock that ends
     * before its case expires.
     */
    lockDays: days.optional(),
    /**
     * The number of days after which S3 moves evidence to the class for rarely read objects (Glacier Instant Retrieval).
     * Reads stay as fast, but cost more. The default is 90 days, or `never` if a case is kept for less than 180 days.
     */
    coldStorageAfterDays: z.union([days, z.literal('never')]).optional(),
  })
  .prefault({});

/** How the bucket locks each new object. */
export interface ObjectLock {
  readonly mode: 'governance' | 'compliance';
  readonly days: number;
}

/** The protection of the bucket, with valid values. */
export interface BucketProtection {
  /** Null if the bucket locks no object. */
  readonly lock: ObjectLock | null;
  /** Null if evidence stays in the standard class. */
  readonly coldStorageAfterDays: number | null;
}

interface Retention {
  /** The number of days that a case is kept after its final decision. */
  readonly retentionDays: number;
  /** The number of days after the final decision in which evidence may still be stored. */
  readonly evidenceDays: number;
}

/**
 * Checks that the protection of the bucket fits the retention of cases.
 *
 * @throws ConfigurationError if a lock may last longer than a case, or if cold storage does not pay off
 */
export function checkEvidenceProtection(
  settings: z.infer<typeof EvidenceProtection>,
  { retentionDays, evidenceDays }: Retention,
): BucketProtection {
  const { coldStorageAfterDays = defaultColdStorage(retentionDays) } = settings;
  const lock = checkLock(settings, retentionDays - evidenceDays);
  if (coldStorageAfterDays === 'never') return { lock, coldStorageAfterDays: null };
  if (coldStorageAfterDays + minDaysInColdStorage > retentionDays)
    throw new ConfigurationError(
      `stage: coldStorageAfterDays ${coldStorageAfterDays} is too long, because S3 charges ${minDaysInColdStorage} days of cold storage and a case is kept for ${retentionDays} days: set 'never'`,
    );
  return { lock, coldStorageAfterDays };
}

function defaultColdStorage(retentionDays: number): number | 'never' {
  return retentionDays >= 2 * minDaysInColdStorage ? minDaysInColdStorage : 'never';
}

function checkLock(
  { objectLock, lockDays }: z.infer<typeof EvidenceProtection>,
  longestLockDays: number,
): ObjectLock | null {
  if (objectLock === 'off') {
    if (lockDays === undefined) return null;
    throw new ConfigurationError(
      'stage: lockDays has no effect without objectLock: set objectLock, or omit lockDays',
    );
  }
  if (longestLockDays < 1)
    throw new ConfigurationError(
      `stage: objectLock ${objectLock} needs a longer retention, because evidence is stored until the case expires: set more retentionDays`,
    );
  if (lockDays !== undefined && lockDays > longestLockDays)
    throw new ConfigurationError(
      `stage: lockDays ${lockDays} is too long, because an expired case could not be deleted: set lockDays to ${longestLockDays} or less, or set more retentionDays`,
    );
  return { mode: objectLock, days: lockDays ?? longestLockDays };
}
