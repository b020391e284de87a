import { setTimeout as pause } from 'node:timers/promises';
import { createDynamoCaseHistory } from '../../retention/case-history.ts';
import { createS3CaseObjects } from '../../retention/case-objects.ts';
import type { ProviderAndVerificationId } from '../../verifications/object-keys.ts';
import { readCaseRecord } from '../case/case-record.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import type { ErasedLocation, LockedLocation } from './erase-certificate.ts';
import { listPlacesInBucket } from './erase-places.ts';
import { deleteQuarantinedDelivery, findQuarantineOfReferences } from './erase-quarantine.ts';
import { findUnnamedObjects } from './erase-unnamed-objects.ts';

/** What a deletion has done in the tables and in the bucket. */
export interface Deletion {
  readonly deleted: readonly ErasedLocation[];
  readonly locked: readonly LockedLocation[];
  /** The number of quarantined deliveries that stay, because another case has the same reference. */
  readonly sharedQuarantine: number;
}

/**
 * Deletes the objects and the history of a case. The history is last: it names the references and the objects, so an
 * interrupted deletion can be repeated.
 *
 * @param kept the sort key of the history row with the event `erased`, which stays; null if there is none
 */
export async function deleteObjectsAndHistory(
  stack: OperatedStack,
  owner: ProviderAndVerificationId,
  kept: string | null,
): Promise<Deletion> {
  const { provider, verificationId } = owner;
  const { dynamodb, s3 } = stack.aws;
  const objects = createS3CaseObjects(s3, stack.evidenceBucket, () => new Date());
  const deleted: ErasedLocation[] = [];
  const locked: LockedLocation[] = [];
  const deleteBelow = async (location: string, prefixes: readonly string[]) => {
    let count = 0;
    for (const prefix of prefixes) {
      const outcome = await objects.deleteAll(prefix);
      count += outcome.deleted;
      const { count: versions, until } = outcome.locked;
      if (versions > 0) locked.push({ location, versions, until: until?.toISOString() ?? null });
    }
    deleted.push({ location, deleted: count });
  };

  for (const { location, prefix } of listPlacesInBucket(owner)) await deleteBelow(location, [prefix]);
  const unreadable = await findUnnamedObjects(stack, 'parked/unreadable/', verificationId);
  await deleteBelow('bucket parked/unreadable/', unreadable);

  const record = await readCaseRecord(stack, verificationId);
  const quarantine =
    record === null ? { own: [], shared: 0 } : await findQuarantineOfReferences(stack, provider, record);
  const bodies: string[] = [];
  for (const key of quarantine.own)
    await deleteQuarantinedDelivery(stack, key, async (body) => {
      bodies.push(body);
      await objects.deleteAll(body);
    });
  deleted.push({ location: 'quarantine of its references', deleted: quarantine.own.length });
  deleted.push({ location: 'bucket deliveries/ of its references', deleted: bodies.length });

  const history = createDynamoCaseHistory(dynamodb, stack.historyTable, pause);
  deleted.push({ location: 'table History', deleted: await history.deleteExcept(verificationId, kept) });
  return { deleted, locked, sharedQuarantine: quarantine.shared };
}

/** Adds the counts of two deletions of the same places. The locks are those of the later one. */
export function addDeletions(first: Deletion, second: Deletion): Deletion {
  return {
    ...second,
    deleted: first.deleted.map(({ location, deleted }) => ({
      location,
      deleted: deleted + (second.deleted.find((each) => each.location === location)?.deleted ?? 0),
    })),
  };
}

export function countDeleted({ deleted }: Pick<Deletion, 'deleted'>): number {
  return deleted.reduce((sum, each) => sum + each.deleted, 0);
}
