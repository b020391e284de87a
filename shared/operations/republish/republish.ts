import { carryWrite } from '../../verifications/unconfirmed-writes.ts';
import { scanVerifications } from '../generations/scan-verifications.ts';
import { findMissingEvents, type HistoryLookup } from './missing-writes.ts';
import { putRowIntoStream, type VerificationsTable } from './put-into-stream.ts';
import {
  type EvidenceBucket,
  type RepublishedObjects,
  republishMissingObjects,
} from './republish-objects.ts';

interface Republish extends HistoryLookup, VerificationsTable {
  /** Null to publish only the writes that are in rows. */
  readonly bucket: EvidenceBucket | null;
  /** False for a dry run, which writes nothing. */
  readonly apply: boolean;
}

export interface Republished {
  /** The number of rows that were read. */
  readonly checked: number;
  /** The verifications with writes that the relay has never seen. Their writes are sent again. */
  readonly missing: readonly MissingWrites[];
  /** The ids of items that are no rows of this project. */
  readonly unreadable: readonly string[];
  /** The objects below `unconfirmed/`; null if the bucket is not given. */
  readonly objects: Omit<RepublishedObjects, 'missing'> | null;
}

export interface MissingWrites {
  readonly verificationId: string;
  /** The ids of the events that were never published, oldest first. */
  readonly eventIds: readonly string[];
}

/**
 * Publishes the writes that the relay has never seen, for example because the stream was lost. The relay records each write
 * in the history after it has sent its messages, so a write without a row in the history was not published. A row contains
 * its own write, and the earlier writes that the relay may not have seen. The oldest of them may be in the bucket (decision
 * record 043).
 *
 * This function changes an attribute of the row. The stream then contains the row once more, and the relay sends the
 * messages of all these writes, oldest first: those in the bucket, and then those of the row. Sending a message twice is
 * safe, because events carry their sequence.
 */
export async function republishMissingWrites(operation: Republish): Promise<Republished> {
  const { dynamodb, verificationsTable, bucket, apply } = operation;
  // All objects come before all rows, because writes in the bucket are older than those of their row.
  const objects = bucket && (await republishMissingObjects(bucket, operation));
  const missing = new Map(objects?.missing);
  const unreadable: string[] = [];
  let checked = 0;
  for await (const row of scanVerifications(dynamodb, verificationsTable)) {
    checked += 1;
    if ('error' in row) {
      unreadable.push(row.verificationId);
      continue;
    }
    const { verificationId } = row.verification;
    const eventIds = await findMissingEvents(carryWrite(row).unconfirmed ?? [], operation);
    if (eventIds.length === 0) continue;
    missing.set(verificationId, [...(missing.get(verificationId) ?? []), ...eventIds]);
    if (apply) await putRowIntoStream(row.verification, operation);
  }
  return {
    checked,
    // A row whose write failed may have moved writes to the bucket that the row still carries.
    missing: [...missing].map(([verificationId, ids]) => ({ verificationId, eventIds: [...new Set(ids)] })),
    unreadable,
    objects: objects && withoutMissing(objects),
  };
}

function withoutMissing({ missing: _, ...objects }: RepublishedObjects): Omit<RepublishedObjects, 'missing'> {
  return objects;
}
