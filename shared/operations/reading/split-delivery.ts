import type { Reading } from '../../contract/reading.ts';
import { splitBodyByCase } from '../../receiving/split-body.ts';
import type { Delivery } from '../../verifications/delivery.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { findProvider } from '../stack/provider-list.ts';
import { buildDeliveryId, parseDeliveryId } from './delivery-id.ts';

/** One case in the body of a delivery. */
export interface CaseOfDelivery {
  /** The id of the delivery, or of a further one if the body has several cases: `D`, `D.2`, `D.3`. */
  readonly deliveryId: string;
  readonly reading: Reading;
  /** The part of the body that is about this case. */
  readonly body: Uint8Array;
}

/**
 * Lists the cases that a reader finds in a delivery of the history. A receiver stores one delivery per case, so there are
 * several only if the receiver did not understand the body as a whole.
 */
export function listCasesOfDelivery(
  { receiverSettings }: Pick<OperatedStack, 'receiverSettings'>,
  { deliveryId, provider }: Delivery,
  body: Uint8Array,
  readings: readonly Reading[],
): CaseOfDelivery[] {
  const adapter = findProvider(provider).webhook(receiverSettings[provider] ?? {});
  const bodies = splitBodyByCase(adapter, { body }, readings);
  const { requestId, index } = parseDeliveryId(deliveryId);
  return readings.map((reading, position) => ({
    deliveryId: buildDeliveryId(requestId, index + position),
    reading,
    body: bodies[position] ?? body,
  }));
}
