import { createHash } from 'node:crypto';
import { emptyFindings } from '../../contract/identity.ts';
import { withholdClaims } from '../../contract/withhold-claims.ts';
import { buildFindingsFolder, buildFindingsKey } from '../object-keys.ts';
import type { FindingsObject } from '../stored-findings.ts';
import type { Verification } from '../verification.ts';
import type { BucketObject } from './stored-object.ts';

interface VerificationWithFindingsInBucket {
  /** The verification with a reference to the bucket instead of its findings. */
  readonly verification: Verification;
  readonly objects: readonly BucketObject[];
}

/**
 * Moves the findings of a verification to the bucket. The caller stores the returned objects.
 *
 * Findings with claims become two objects: one with the claims, and one with the same facts as `extracted`. If a later
 * event takes the approval back, it refers to the second object, so nobody has to read the findings again.
 *
 * @returns null if the findings are in the bucket already
 */
export function moveFindingsToBucket(
  verification: Verification,
  bucket: string,
): VerificationWithFindingsInBucket | null {
  const { findings } = verification;
  if (findings.object !== null) return null;
  const isVerified = Object.keys(findings.inline.claims).length > 0;
  const unverified = JSON.stringify(withholdClaims(findings.inline, null));
  const digest = createHash('sha256').update(unverified).digest('hex').slice(0, 8);
  const object: FindingsObject = { bucket, folder: buildFindingsFolder(verification, digest), isVerified };
  const variants = [
    { isVerified: false, json: unverified },
    ...(isVerified ? [{ isVerified: true, json: JSON.stringify(findings.inline) }] : []),
  ];
  return {
    verification: { ...verification, findings: { ...findings, inline: emptyFindings, object } },
    objects: variants.map(({ isVerified: variant, json }) => ({
      key: buildFindingsKey({ ...object, isVerified: variant }),
      bytes: Buffer.from(json),
      contentType: 'application/json',
    })),
  };
}
