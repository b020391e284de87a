import * as z from 'zod/mini';
import { ProviderName } from '../contract/provider-name.ts';

/** The stored raw body. It is in the row (gzipped), or in the bucket if it is too large for the row. */
export const StoredBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inline'), gzip: z.instanceof(Uint8Array) }),
  z.object({ kind: z.literal('object'), bucket: z.string(), key: z.string() }),
]);
export type StoredBody = z.infer<typeof StoredBody>;

/** One authentic HTTP request of a provider. */
export const Delivery = z.object({
  deliveryId: z.string(),
  provider: ProviderName,
  /** The time when the request arrived, as an ISO 8601 instant. */
  receivedAt: z.string(),
  body: StoredBody,
});
export type Delivery = z.infer<typeof Delivery>;

/** The decision about a delivery, as the ledger records it. */
export const LedgerEntry = z.object({
  decision: z.enum(['accepted', 'duplicate', 'stale', 'quarantined']),
  /** The reason why the delivery was dropped or quarantined; null if it was accepted. */
  reason: z.nullable(z.string()),
  /** The id of the verification; null if the delivery names no verification. */
  verificationId: z.nullable(z.string()),
  /** The sequence of the delivery's event; null if the delivery became no event. */
  sequence: z.nullable(z.int()),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;
