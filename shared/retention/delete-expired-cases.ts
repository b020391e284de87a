import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Telemetry } from '../platform/telemetry.ts';
import type { CaseHistory } from './case-history.ts';
import type { CaseObjects } from './case-objects.ts';
import { type ExpiredCase, NotAnExpiredCase, readExpiredCase } from './expired-case.ts';
import type { LockedVersions } from './locked-versions.ts';

export interface DeletionDependencies {
  readonly history: Pick<CaseHistory, 'deleteBefore'>;
  readonly objects: Pick<CaseObjects, 'deleteBefore'>;
  readonly telemetry: Telemetry;
}

/**
 * Creates the Lambda handler that deletes what an expired case leaves: its history, and all versions of its objects. If
 * a deletion fails, the handler reports the record, and Lambda delivers it again. Deleting a case twice is safe.
 */
export function deleteExpiredCases(dependencies: DeletionDependencies) {
  const { telemetry } = dependencies;
  return async ({ Records: records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const outcomes = await Promise.all(records.map((record) => tryToDelete(record, dependencies)));
    const failed = records.filter((_, index) => outcomes[index] === 'failed');
    telemetry.count('CasesDeleted', outcomes.filter((outcome) => outcome === 'deleted').length);
    telemetry.count('CasesNotDeleted', outcomes.filter((outcome) => outcome !== 'deleted').length);
    telemetry.flush();
    return {
      batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })),
    };
  };
}

async function tryToDelete(
  record: DynamoDBRecord,
  dependencies: DeletionDependencies,
): Promise<'deleted' | 'ignored' | 'failed'> {
  const { telemetry } = dependencies;
  const verificationId = record.dynamodb?.Keys?.verificationId?.S ?? null;
  try {
    await deleteCase(readExpiredCase(record), dependencies);
    return 'deleted';
  } catch (error) {
    if (error instanceof NotAnExpiredCase) {
      telemetry.error('a record is not an expired case, so nothing is deleted', error);
      return 'ignored';
    }
    telemetry.error('an expired case could not be deleted; Lambda tries again', error, { verificationId });
    return 'failed';
  }
}

/** Deletes the objects before the history, because rows of the history refer to objects. */
async function deleteCase(
  { verificationId, removedAt, prefixes }: ExpiredCase,
  { history, objects, telemetry }: DeletionDependencies,
): Promise<void> {
  let objectVersions = 0;
  for (const prefix of prefixes) {
    const { deleted, locked } = await objects.deleteBefore(prefix, removedAt);
    objectVersions += deleted;
    if (locked.count > 0) reportLocked(telemetry, verificationId, locked);
  }
  const historyRows = await history.deleteBefore(verificationId, removedAt);
  telemetry.info('an expired case is deleted', { verificationId, historyRows, objectVersions });
}

function reportLocked(telemetry: Telemetry, verificationId: string, { count, until }: LockedVersions): void {
  telemetry.count('ObjectVersionsLocked', count);
  telemetry.warn('objects of an expired case are locked; S3 deletes them after the lock', {
    verificationId,
    objectVersions: count,
    lockedUntil: until?.toISOString() ?? null,
  });
}
