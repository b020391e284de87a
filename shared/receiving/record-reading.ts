import type { QuarantineReason, Reading } from '../contract/reading.ts';
import type { Transition } from '../contract/transition.ts';
import type { DuplicateReason, StaleReason } from '../ordering/decision.ts';
import type { Delivery } from '../verifications/delivery.ts';
import type { History } from '../verifications/history.ts';
import { recordTransition } from '../verifications/record-transition.ts';
import type { VerificationStore } from '../verifications/verification-store.ts';
import type { IncomingTransition } from '../verifications/write.ts';

/** The stores in which a receiver records deliveries and decisions. */
export interface ReceiverStores {
  readonly verifications: VerificationStore;
  readonly history: History;
}

/** The result for one case of a delivery. It determines the answer to the provider, the log line and the metrics. */
export type RecordedReadingStatus =
  | {
      readonly status: 'accepted';
      readonly sequence: number;
      /**
       * True if hints name different references for this verification. We log and count this conflict, but do not show
       * it in our HTTP answer.
       */
      readonly hasReferenceConflict: boolean;
    }
  | { readonly status: 'duplicate'; readonly reason: DuplicateReason }
  | { readonly status: 'stale'; readonly reason: StaleReason }
  | { readonly status: 'quarantined'; readonly reason: QuarantineReason; readonly deliveryId: string };

/** The time and the id of a write that records a delivery. A replay writes long after the delivery was received. */
type TimeAndIdOfWrite = Pick<IncomingTransition, 'receivedAt' | 'writeId'>;

/**
 * Stores the parsed result of one case. After this function returns, the result cannot be lost.
 *
 * @param write default: the time and the id of the delivery
 */
export async function recordReading(
  stores: ReceiverStores,
  delivery: Delivery,
  reading: Reading,
  write: TimeAndIdOfWrite = { receivedAt: delivery.receivedAt, writeId: delivery.deliveryId },
): Promise<RecordedReadingStatus> {
  return reading.kind === 'understood'
    ? recordUnderstood(stores, delivery, reading.transition, write)
    : quarantine(stores, delivery, reading);
}

async function recordUnderstood(
  stores: ReceiverStores,
  delivery: Delivery,
  transition: Transition,
  write: TimeAndIdOfWrite,
): Promise<RecordedReadingStatus> {
  const recorded = await recordTransition(stores.verifications, { transition, ...write, delivery });
  // Do not record an accepted delivery here: the relay records it in the history, from the outbox of its write.
  if (recorded.kind === 'accepted') {
    const { sequence, hasReferenceConflict } = recorded;
    return { status: 'accepted', sequence, hasReferenceConflict };
  }
  const { kind, reason } = recorded;
  const { verificationId } = transition;
  await stores.history.recordDelivery(delivery, { decision: kind, reason, verificationId });
  return kind === 'duplicate' ? { status: kind, reason } : { status: kind, reason };
}

async function quarantine(
  { history }: ReceiverStores,
  delivery: Delivery,
  { reason, verificationId }: Extract<Reading, { kind: 'unknown' }>,
): Promise<RecordedReadingStatus> {
  await history.recordDelivery(delivery, { decision: 'quarantined', reason, verificationId });
  return { status: 'quarantined', reason, deliveryId: delivery.deliveryId };
}
