import type { Reading } from '../../contract/reading.ts';
import { formatInstant } from '../../parsing/instant.ts';
import { clockAndIdGenerator } from '../../platform/clients.ts';
import {
  type ReceiverStores,
  type RecordedReadingStatus,
  recordReading,
} from '../../receiving/record-reading.ts';
import type { Delivery } from '../../verifications/delivery.ts';
import { storeRawBody } from '../../verifications/raw-body.ts';
import { formatState } from '../case/explain-case.ts';
import type { HistoryKey } from '../case/find-cases.ts';
import { leaveQuarantine } from '../quarantine/leave-quarantine.ts';
import { readDeliveryBody } from '../reading/delivery-body.ts';
import type { ReaderOf } from '../reading/reader-of.ts';
import { listCasesOfDelivery } from '../reading/split-delivery.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';

/** A delivery of the history to replay, and its row. */
export interface ReplayedDelivery {
  readonly delivery: Delivery;
  readonly key: HistoryKey;
  /** True if the delivery is in the open quarantine. */
  readonly isOpen: boolean;
}

/** What a replay does, or would do, with one case of a delivery. */
export interface ReplayedCase {
  readonly deliveryId: string;
  /** When the provider sent it, as an ISO 8601 instant. */
  readonly receivedAt: string;
  /** Null if the reader finds no case. */
  readonly verificationId: string | null;
  /** `body-gone`: the raw body no longer exists. `quarantined`: the current reader does not understand it, either. */
  readonly result: 'accepted' | 'duplicate' | 'stale' | 'quarantined' | 'body-gone';
  /** Why it was dropped or is not understood; null if it was accepted. */
  readonly reason: string | null;
  /** The sequence of the event; null if it was not accepted. */
  readonly sequence: number | null;
  /** The state of the case before and after, in short; null if the case has no row. */
  readonly before: string | null;
  readonly after: string | null;
  /** True if the delivery was in the open quarantine, and leaves it. */
  readonly leavesQuarantine: boolean;
}

export interface Replay {
  readonly readerOf: ReaderOf;
  readonly stores: ReceiverStores;
  /** What the history records as the version of the software that read the deliveries. */
  readonly softwareVersion: string;
  /** Why, for the resolution of quarantined deliveries; null for a dry run, which changes no row. */
  readonly reason: string | null;
}

/** Replays deliveries one after the other, in the given order. Yields each case of each delivery. */
export async function* replayDeliveries(
  stack: OperatedStack,
  deliveries: Iterable<ReplayedDelivery>,
  replay: Replay,
): AsyncGenerator<ReplayedCase> {
  for (const delivery of deliveries) yield* await replayDelivery(stack, delivery, replay);
}

/**
 * Replays a delivery: reads its body with the current reader, and records each case as a receiver does. The write has the
 * time of the replay, because a row's generation must not be older than an earlier row of the case. The delivery keeps its
 * id and its time.
 */
async function replayDelivery(
  stack: OperatedStack,
  { delivery, key, isOpen }: ReplayedDelivery,
  replay: Replay,
): Promise<ReplayedCase[]> {
  const body = await readDeliveryBody(stack, delivery.body);
  if (body === null) return [withoutBody(delivery)];
  const readings = replay.readerOf(delivery.provider)(body, delivery.reference);
  const found = listCasesOfDelivery(stack, delivery, body, readings);
  const { softwareVersion } = replay;
  const cases: ReplayedCase[] = [];
  for (const { deliveryId, reading, body: own } of found) {
    // The body is stored again, below the case that it names now.
    const replayed = { ...delivery, deliveryId, softwareVersion, body: storeRawBody(own) };
    cases.push(await replayCase(replayed, reading, replay));
  }
  const [first, ...others] = cases;
  const isUnclear = cases.some(({ result }) => result === 'quarantined');
  if (!isOpen || first === undefined || isUnclear) return cases;
  if (replay.reason !== null) await leaveQuarantine(stack, key, first, found[0]?.body ?? body, replay.reason);
  return [{ ...first, leavesQuarantine: true }, ...others];
}

async function replayCase(delivery: Delivery, reading: Reading, { stores }: Replay): Promise<ReplayedCase> {
  const { deliveryId, receivedAt } = delivery;
  const about = { deliveryId, receivedAt, leavesQuarantine: false };
  if (reading.kind === 'unknown') {
    // The row of the delivery has its decision already, so nothing is stored.
    const { reason, verificationId } = reading;
    const result = 'quarantined';
    return { ...about, verificationId, result, reason, sequence: null, before: null, after: null };
  }
  const { verificationId } = reading.transition;
  const before = await describeState(stores, verificationId);
  const { now, newId } = clockAndIdGenerator;
  const write = { receivedAt: formatInstant(now()), writeId: newId() };
  const recorded = await recordReading(stores, delivery, reading, write);
  const after = await describeState(stores, verificationId);
  return { ...about, verificationId, ...describeResult(recorded), before, after };
}

async function describeState({ verifications }: ReceiverStores, verificationId: string) {
  const verification = await verifications.read(verificationId);
  return verification && formatState(verification);
}

function describeResult(recorded: RecordedReadingStatus) {
  return recorded.status === 'accepted'
    ? { result: recorded.status, reason: null, sequence: recorded.sequence }
    : { result: recorded.status, reason: recorded.reason, sequence: null };
}

function withoutBody({ deliveryId, receivedAt }: Delivery): ReplayedCase {
  return {
    deliveryId,
    receivedAt,
    verificationId: null,
    result: 'body-gone',
    reason: null,
    sequence: null,
    before: null,
    after: null,
    leavesQuarantine: false,
  };
}
