import { Duration } from 'aws-cdk-lib';
import { type LifecycleRule, StorageClass } from 'aws-cdk-lib/aws-s3';
import { caseAreas } from '../shared/retention/case-areas.ts';
import { longestCaseDays } from '../shared/verifications/longest-case.ts';
import type { Stage } from './stage.ts';

/**
 * The days until S3 removes an overwritten or deleted version. Nothing of this system overwrites an object, so only
 * people make such versions, and they have a month to undo a mistake.
 */
const daysOfOldVersions = Duration.days(30);

/**
 * Builds the rules by which S3 itself deletes objects. They are a backstop: if the row of a case expires,
 * `delete-expired-cases` deletes its objects. A rule deletes what this function could not know or did not delete.
 *
 * S3 cannot exclude objects from a rule. Of a held case, it hides objects of that age behind delete markers, but it cannot
 * delete versions under a legal hold. `idv hold` shows them again (decision record 054).
 */
export function buildLifecycleRules({ retentionDays, providers, bucketProtection }: Stage): LifecycleRule[] {
  const { coldStorageAfterDays } = bucketProtection;
  const withoutCase = [
    ...providers.map(({ name }) => `deliveries/${name}/unidentified`),
    'parked/unreadable',
    'aws/lambda',
  ];
  return [
    {
      id: 'remains',
      // Remove the parts of unfinished uploads, for example of a function that timed out. Such parts are invisible, but
      // cost money.
      abortIncompleteMultipartUploadAfter: Duration.days(1),
      noncurrentVersionExpiration: daysOfOldVersions,
      expiredObjectDeleteMarker: true,
    },
    ...caseAreas.map((area) => expireAfter(retentionDays + longestCaseDays, area)),
    ...withoutCase.map((folder) => expireAfter(retentionDays, folder)),
    ...(coldStorageAfterDays === null ? [] : [moveToColdStorage(coldStorageAfterDays)]),
  ];
}

function expireAfter(days: number, folder: string): LifecycleRule {
  return { id: folder, prefix: `${folder}/`, expiration: Duration.days(days) };
}

/**
 * S3 does not move objects below 128 KB, which would cost more in this class. The current and old versions of the others
 * are read as fast as before.
 */
function moveToColdStorage(days: number): LifecycleRule {
  const transition = {
    storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL,
    transitionAfter: Duration.days(days),
  };
  return { id: 'evidence-cold', prefix: 'evidence/', transitions: [transition] };
}
