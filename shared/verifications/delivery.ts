import * as z from 'zod/mini';
import { ProviderName } from '../contract/provider-name.ts';

/**
 * The stored raw body of a delivery: as text if it is valid UTF-8, else as base64. A body that is too large for a row is
 * in the bucket, gzipped.
 */
export const StoredBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('base64'), base64: z.string() }),
  z.object({ kind: z.literal('object'), bucket: z.string(), key: z.string() }),
]);
export type StoredBody = z.infer<typeof StoredBody>;

/** One authentic HTTP request of a provider. */
export const Delivery = z.object({
  deliveryId: z.string(),
  provider: ProviderName,
  /** The time when the request arrived, as an ISO 8601 instant. */
  receivedAt: z.string(),
  /** The IP address of the sender, as API Gateway sees it. */
  sourceIp: z.string(),
  /** The caller's own id of the case, from the path of a signed URL; null if the path contains none. */
  reference: z.nullable(z.string()),
  /** `valid` if the request had a signed URL, whose signature was correct; `none` if its URL was not signed. */
  signature: z.enum(['valid', 'none']),
  /** The version of the software that read the delivery. */
  softwareVersion: z.string(),
  body: StoredBody,
});
export type Delivery = z.infer<typeof Delivery>;

/** The decision about a delivery, as the history records it. */
export interface DeliveryDecision {
  readonly decision: 'duplicate' | 'stale' | 'quarantined';
  /** The reason why the delivery was dropped or quarantined. */
  readonly reason: string;
  /** The id of the verification; null if the delivery names no verification. */
  readonly verificationId: string | null;
  /** True if a legal hold protects the case, so that the row of the delivery does not expire. Default: false. */
  readonly isHeld?: boolean;
}
