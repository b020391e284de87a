import { createS3CaseObjects } from '../../retention/case-objects.ts';
import { isErased } from '../../verifications/apply-erasure.ts';
import type { ProviderAndVerificationId } from '../../verifications/object-keys.ts';
import type { CaseRecord } from '../case/case-record.ts';
import { countMessages, readQueueDepth } from '../queues/queue-depth.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { listPlacesInBucket, listPlacesInQueues } from './erase-places.ts';
import { findQuarantineOfReferences } from './erase-quarantine.ts';
import { findUnnamedObjects } from './erase-unnamed-objects.ts';

/** What an erasure would delete, by location. */
export interface ErasurePlan {
  readonly verificationId: string;
  /** `erased` if the case has its tombstone already, so that an erasure only deletes what is left. */
  readonly state: 'stored' | 'erased' | 'held';
  readonly locations: readonly PlannedLocation[];
  /** Facts that an operator should know before, as sentences. */
  readonly remarks: readonly string[];
}

export interface PlannedLocation {
  readonly location: string;
  /** The number of rows or object versions; null for a queue, because SQS cannot search. */
  readonly count: number | null;
  /** The number of messages in a queue, which the erasure looks through; null for other locations. */
  readonly messages: number | null;
}

/** Plans the erasure of a case. It writes nothing, and receives no message. */
export async function planErasure(
  stack: OperatedStack,
  owner: ProviderAndVerificationId,
  record: CaseRecord,
): Promise<ErasurePlan> {
  const { verification, history } = record;
  const { verificationId } = owner;
  const objects = createS3CaseObjects(stack.aws.s3, stack.evidenceBucket, () => new Date());
  const erased = verification !== null && isErased(verification);
  const [quarantine, unreadable, failed, areas, queues] = await Promise.all([
    findQuarantineOfReferences(stack, owner.provider, record),
    findUnnamedObjects(stack, 'parked/unreadable/', verificationId),
    findUnnamedObjects(stack, 'aws/lambda/', verificationId),
    Promise.all(
      listPlacesInBucket(owner).map(async ({ location, prefix }) =>
        countedLocation(location, await objects.count(prefix)),
      ),
    ),
    Promise.all(
      listPlacesInQueues(stack, verificationId).map(async ({ location, queueUrl }) => {
        const messages = countMessages(await readQueueDepth(stack.aws.sqs, queueUrl));
        return { location, count: null, messages };
      }),
    ),
  ]);
  return {
    verificationId,
    state: verification?.heldSince !== undefined ? 'held' : erased ? 'erased' : 'stored',
    locations: [
      countedLocation('table Verifications', verification === null || erased ? 0 : 1),
      countedLocation('table History', history.filter((row) => !isErasedEvent(row)).length),
      countedLocation('quarantine of its references', quarantine.own.length),
      ...areas,
      countedLocation('bucket parked/unreadable/', unreadable.length),
      ...queues,
    ],
    remarks: [
      ...(quarantine.shared === 0 ? [] : [describeSharedQuarantine(quarantine.shared)]),
      ...(failed.length === 0 ? [] : [describeFailedBatches(failed)]),
      ...(verification?.evidence?.status === 'pending' ? [describePendingEvidence()] : []),
    ],
  };
}

const countedLocation = (location: string, count: number): PlannedLocation => ({
  location,
  count,
  messages: null,
});

/** Checks whether a row of the history is the event `erased`, which stays. */
function isErasedEvent({ event }: Pick<CaseRecord['history'][number], 'event'>): boolean {
  return Object(event).type === 'idv.verification.erased.v1';
}

export function describeSharedQuarantine(count: number): string {
  return `${count} quarantined deliveries name no case, and another case has the same reference. They stay: look at them with "idv quarantine list".`;
}

export function describeFailedBatches(keys: readonly string[]): string {
  return `${keys.length} batches of stream records that a function could not handle name the case: ${keys.join(', ')}. They may contain other cases. Handle them first (runbook: "A write could not be relayed for 12 hours"), and delete them.`;
}

function describePendingEvidence(): string {
  return 'Evidence is pending. A job that runs while the case is erased may still store objects, for 10 minutes at most.';
}
