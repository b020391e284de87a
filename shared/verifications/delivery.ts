import * as z from 'zod';
import { ProviderName } from '../contract/provider-name.ts';

/** Where the raw body is: in the row (gzipped), or in the bucket where it is too large for a row. */
export const StoredBody = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('inline'), gzip: z.instanceof(Uint8Array) }),
  z.object({ kind: z.literal('object'), bucket: z.string(), key: z.string() }),
]);
export type StoredBody = z.infer<typeof StoredBody>;

/** One HTTP request of a provider that was authentic, as it came in. */
export const Delivery = z.object({
  deliveryId: z.string(),
  provider: ProviderName,
  /** ISO 8601 instant. */
  receivedAt: z.string(),
  body: StoredBody,
});
export type Delivery = z.infer<typeof Delivery>;

/** What became of a delivery. */
export const Verdict = z.object({
  decision: z.enum(['accepted', 'duplicate', 'stale', 'quarantined']),
  /** Why it was dropped or quarantined; null where it was accepted. */
  reason: z.string().nullable(),
  /** Null where the delivery does not name a verification. */
  verificationId: z.string().nullable(),
  /** The event that it became; null where it became none. */
  sequence: z.number().int().nullable(),
});
export type Verdict = z.infer<typeof Verdict>;
