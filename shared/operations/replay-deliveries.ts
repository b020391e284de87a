import type { Reading } from '../contract/reading.ts';
import { formatInstant } from '../parsing/instant.ts';
import { clockAndIdGenerator } from '../platform/clients.ts';
import {
  type ReceiverStores,
  type RecordedReadingStatus,
  recordReading,
} from '../receiving/record-reading.ts';
import type { Delivery } from '../verifications/delivery.ts';
import { storeRawBody } from '../verifications/raw-body.ts';
import { readDeliveryBody } from './delivery-body.ts';
import { buildDeliveryId } from './delivery-id.ts';
import { formatState } from './explain-case.ts';
import type { HistoryKey } from './find-cases.ts';
import { leaveQuarantine } from './leave-quarantine.ts';
import type { OperatedStack } from './operated-stack.ts';
import type { ReaderOf } from './reader-of.ts';

/** A request of the history to replay, with one or all of the cases in its body. */
export interface ReplayedRequest {
  readonly requestId: string;
  /** Any delivery of the request: all of them have the same body. */
  readonly delivery: Delivery;
  /** The positions of the cases to replay; `all` for each case in the body. */
  readonly indexes: ReadonlySet<number> | 'all';
  /** The positions to leave out of `all`: they have rows of their own, which were not selected. */
  readonly except: ReadonlySet<number>;
  /** The subjects of the rows of these deliveries: verification ids, or partitions of the quarantine. */
  readonly subjects: ReadonlySet<string>;
  /** The rows of the open quarantine that these cases have, by position. */
  readonly open: ReadonlyMap<number, HistoryKey>;
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

/** Replays requests one after the other, in the given order. Yields each case of each request. */
export async function* replayDeliveries(
  stack: OperatedStack,
  requests: Iterable<ReplayedRequest>,
  replay: Replay,
): AsyncGenerator<ReplayedCase> {
  for (const request of requests) yield* await replayRequest(stack, request, replay);
}

/**
 * Replays a request: reads its body with the current reader, and records each case as a receiver does. The write has the
 * time of the replay, because a row's generation must not be older than an earlier row of the case. The delivery keeps its
 * id and its time.
 */
async function replayRequest(
  stack: OperatedStack,
  request: ReplayedRequest,
  replay: Replay,
): Promise<ReplayedCase[]> {
  const { delivery, requestId, indexes, except, open } = request;
  const body = await readDeliveryBody(stack, delivery.body);
  if (body === null) return [withoutBody(request)];
  const readings = replay.readerOf(delivery.provider)(body, delivery.reference);
  const positions =
    indexes === 'all'
      ? [...readings.keys()].filter((index) => !except.has(index))
      : [...indexes].sort((a, b) => a - b);
  const cases = new Map<number, ReplayedCase>();
  for (const index of positions) {
    const reading = readings[index] ?? noCase;
    const deliveryId = buildDeliveryId(requestId, index);
    const { softwareVersion } = replay;
    // The body is stored again, below the case that it names now.
    const replayed = { ...delivery, deliveryId, softwareVersion, body: storeRawBody(body) };
    cases.set(index, await replayCase(replayed, reading, replay));
  }
  for (const [index, key] of open) {
    const rest = [...cases].filter(([each]) => each === index || (index === 0 && !open.has(each)));
    const [, own] = rest.find(([each]) => each === index) ?? [];
    if (own === undefined || rest.some(([, { result }]) => result === 'quarantined')) continue;
    if (replay.reason !== null) await leaveQuarantine(stack, key, own, body, replay.reason);
    cases.set(index, { ...own, leavesQuarantine: true });
  }
  return [...cases.values()];
}

const noCase: Reading = { kind: 'unknown', reason: 'unknown-shape', verificationId: null };

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

function withoutBody({ delivery: { deliveryId, receivedAt } }: ReplayedRequest): ReplayedCase {
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
