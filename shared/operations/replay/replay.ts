import { createStackVerifications } from '../../cases/case-stack.ts';
import { createS3EvidenceStore } from '../../evidence/archive/evidence-store.ts';
import type { ReceiverStores } from '../../receiving/record-reading.ts';
import { createDynamoHistory } from '../../verifications/history.ts';
import { wrapHistoryForLargeBodies } from '../../verifications/limits/offloading-history.ts';
import { wrapStoreForLargeWrites } from '../../verifications/limits/offloading-verification-store.ts';
import { runAudited } from '../audit/run-audited.ts';
import type { ReaderOf } from '../reading/reader-of.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { type ReplayedCase, type ReplayedDelivery, replayDeliveries } from './replay-deliveries.ts';
import { createTrialStore } from './trial-store.ts';

interface ReplayOptions {
  readonly deliveries: readonly ReplayedDelivery[];
  readonly readerOf: ReaderOf;
  /** False for a dry run, which writes nothing. */
  readonly apply: boolean;
  /** Why the operator replays, for the audit. */
  readonly reason: string;
  readonly softwareVersion: string;
  readonly onProgress?: (cases: number) => void;
  /** Stops the replay between two deliveries. Default: never. */
  readonly signal?: AbortSignal;
}

/** What a replay has done, or would do. */
export interface ReplayResult {
  readonly cases: readonly ReplayedCase[];
  /** The number of cases by result. */
  readonly counts: Readonly<Record<ReplayedCase['result'], number>>;
}

/**
 * Replays deliveries of the history with the current readers and the current rules. It cannot take back what a case knows:
 * what was accepted is a duplicate now, and what is older than the state is stale.
 */
export async function replay(stack: OperatedStack, options: ReplayOptions): Promise<ReplayResult> {
  const { deliveries, readerOf, apply, reason, softwareVersion } = options;
  const stores = apply ? createStores(stack) : createTrialStores(stack);
  const settings = { readerOf, stores, softwareVersion, reason: apply ? reason : null };
  const run = async () => {
    const cases: ReplayedCase[] = [];
    for await (const each of replayDeliveries(stack, deliveries, settings)) {
      cases.push(each);
      options.signal?.throwIfAborted();
      if (cases.length % 100 === 0) options.onProgress?.(cases.length);
    }
    return { cases, counts: countResults(cases) };
  };
  if (!apply) return run();
  const describe = ({ cases, counts }: ReplayResult) =>
    `${describeDeliveries(deliveries)}: ${formatCounts(counts, cases)}`;
  return runAudited(
    stack,
    { action: 'replay', verificationId: findOnlyCase(deliveries), reason, describe },
    run,
  );
}

function createStores(stack: OperatedStack): ReceiverStores {
  const blobs = createS3EvidenceStore(stack.aws.s3, stack.evidenceBucket);
  const history = createDynamoHistory(
    stack.aws.dynamodb,
    stack.historyTable,
    stack.retentionDays * 24 * 3600,
  );
  return {
    verifications: wrapStoreForLargeWrites(createStackVerifications(stack), blobs),
    history: wrapHistoryForLargeBodies(history, blobs),
  };
}

function createTrialStores(stack: OperatedStack): ReceiverStores {
  const ignore = () => Promise.resolve();
  return {
    verifications: createTrialStore(createStackVerifications(stack)),
    history: { recordDelivery: ignore, recordWrite: ignore },
  };
}

function countResults(cases: readonly ReplayedCase[]): ReplayResult['counts'] {
  const counts = { accepted: 0, duplicate: 0, stale: 0, quarantined: 0, 'body-gone': 0 };
  for (const { result } of cases) counts[result] += 1;
  return counts;
}

/** @example '2 accepted, 1 stale; 2 leave the quarantine' */
export function formatCounts(counts: ReplayResult['counts'], cases: readonly ReplayedCase[]): string {
  const parts = Object.entries(counts).flatMap(([result, count]) =>
    count === 0 ? [] : [`${count} ${result}`],
  );
  const left = cases.filter(({ leavesQuarantine }) => leavesQuarantine).length;
  const found = parts.join(', ') || 'nothing';
  return left === 0 ? found : `${found}; ${left} ${left === 1 ? 'leaves' : 'leave'} the quarantine`;
}

function describeDeliveries(deliveries: readonly ReplayedDelivery[]): string {
  const [first] = deliveries;
  return deliveries.length === 1 && first !== undefined
    ? `delivery ${first.delivery.deliveryId}`
    : `${deliveries.length} deliveries`;
}

/** Returns the case to which the rows of the deliveries belong. @returns null if there are several, or the rows name none */
function findOnlyCase(deliveries: readonly ReplayedDelivery[]): string | null {
  const subjects = new Set(deliveries.map(({ key }) => key.subject));
  const [subject = 'quarantine:'] = subjects;
  return subjects.size === 1 && !subject.startsWith('quarantine:') ? subject : null;
}
