/** The parts of a delivery's id. A body with several cases has one delivery per case: `D`, `D.2`, `D.3`. */
export interface DeliveryIdParts {
  /** The id of the request, which is also the id of its first delivery. */
  readonly requestId: string;
  /** The position of the delivery's case in the body, beginning with 0. */
  readonly index: number;
}

/** @example parseDeliveryId('6f1c7d1e.3') // { requestId: '6f1c7d1e', index: 2 } */
export function parseDeliveryId(deliveryId: string): DeliveryIdParts {
  const [, requestId = deliveryId, number = '1'] = /^(.+)\.([1-9]\d*)$/.exec(deliveryId) ?? [];
  return { requestId, index: Number(number) - 1 };
}

/** @example buildDeliveryId('6f1c7d1e', 2) // '6f1c7d1e.3' */
export function buildDeliveryId(requestId: string, index: number): string {
  return index === 0 ? requestId : `${requestId}.${index + 1}`;
}
