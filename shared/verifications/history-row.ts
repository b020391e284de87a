import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import type { VerificationEvent } from '../contract/verification-event.ts';
import { Delivery, type DeliveryDecision } from './delivery.ts';
import { longestCaseDays } from './longest-case.ts';
import { decodeRowContent, encodeRowContent } from './row-content.ts';

/** A write, as the relay records it in the history. */
export interface PublishedWrite {
  readonly verificationId: string;
  /** The id of the write. */
  readonly version: string;
  /** The event as it was published; null if the write published no event. */
  readonly event: VerificationEvent | null;
  /** The accepted delivery; null if a job made the write. */
  readonly delivery: Delivery | null;
  /** True if a legal hold protects the case, so that the row does not expire. Default: false. */
  readonly isHeld?: boolean;
}

/** A row of the history. `event` and `delivery` are as in the CloudEvent and in the contract of deliveries. */
export const HistoryRow = z.object({
  /** The verification id; for a quarantined delivery that names no verification: `quarantine:{provider}:{day}:{shard}`. */
  subject: z.string(),
  /** When the delivery was received or the job ended, and the id of the write or delivery: `{instant}#{id}`. */
  at: z.string(),
  decision: z.enum(['accepted', 'duplicate', 'stale', 'quarantined']),
  /** The reason why the delivery was dropped or quarantined; null if it was accepted. */
  reason: z.nullable(z.string()),
  generation: z.nullable(z.string()),
  /** The sequence of the event; null if the row has no event. */
  sequence: z.nullable(z.number()),
  event: z.nullable(z.unknown()),
  delivery: z.nullable(Delivery),
});
export type HistoryRow = z.infer<typeof HistoryRow>;

/**
 * The number of partitions over which the quarantine of one provider and day is spread. One partition accepts about 1,000
 * writes in a second, so a flood of quarantined deliveries reaches 10,000.
 */
export const quarantineShards = 10;

/**
 * Extra time for rows of the history. The rows of a case are deleted when its row in `Verifications` expires. The row
 * counts from the final decision, which may come long after the first delivery. This later expiry only removes what that
 * deletion missed.
 */
const longestCaseSeconds = longestCaseDays * 24 * 3600;

/** Returns the key of the row in which the history records a write. */
export function buildHistoryKey({
  verificationId,
  receivedAt,
  version,
}: {
  readonly verificationId: string;
  readonly receivedAt: string;
  readonly version: string;
}): { subject: AttributeValue; at: AttributeValue } {
  return { subject: { S: verificationId }, at: { S: `${receivedAt}#${version}` } };
}

export function convertWriteToHistoryItem(
  { verificationId, version, event, delivery, isHeld = false }: PublishedWrite,
  retentionSeconds: number,
): Record<string, AttributeValue> {
  const receivedAt = event?.data.receivedAt ?? delivery?.receivedAt ?? '';
  const reference = referenceToIndex(event, delivery);
  return {
    ...buildHistoryKey({ verificationId, receivedAt, version }),
    ...expiryUnless(isHeld, { receivedAt, isQuarantined: false }, retentionSeconds),
    decision: { S: 'accepted' },
    ...(event === null
      ? {}
      : { generation: { S: event.data.generation }, sequence: { N: String(event.data.sequence) } }),
    ...(reference === null ? {} : { reference: { S: reference } }),
    content: { B: encodeRowContent({ event, delivery }) },
  };
}

export function convertDeliveryToHistoryItem(
  delivery: Delivery,
  { decision, reason, verificationId, isHeld = false }: DeliveryDecision,
  retentionSeconds: number,
): Record<string, AttributeValue> {
  const { deliveryId, receivedAt, reference } = delivery;
  const isQuarantined = decision === 'quarantined';
  const partition = quarantinePartitionOf(delivery);
  return {
    subject: { S: verificationId ?? `quarantine:${partition}` },
    at: { S: `${receivedAt}#${deliveryId}` },
    ...expiryUnless(isHeld, { receivedAt, isQuarantined }, retentionSeconds),
    decision: { S: decision },
    reason: { S: reason },
    ...(isQuarantined ? { openQuarantine: { S: partition } } : {}),
    ...(isQuarantined && reference !== null ? { reference: { S: reference } } : {}),
    content: { B: encodeRowContent({ event: null, delivery }) },
  };
}

/**
 * Returns the reference under which the index finds a row. It has one entry per case and reference, because each entry costs
 * a write: for the event that changes the reference, and for a delivery to the signed URL of another reference.
 */
function referenceToIndex(event: VerificationEvent | null, delivery: Delivery | null): string | null {
  const { reference = null, changed = [] } = event?.data ?? {};
  if (changed.includes('reference') && reference !== null) return reference;
  const named = delivery?.reference ?? null;
  return named === reference ? null : named;
}

/** Returns the key of the index of open quarantine: `{provider}:{day}:{shard}`. */
function quarantinePartitionOf({ provider, receivedAt, deliveryId }: Delivery): string {
  const shard = createHash('sha256').update(deliveryId).digest().readUInt8(0) % quarantineShards;
  return `${provider}:${receivedAt.slice(0, 10)}:${shard}`;
}

function expiryUnless(
  isHeld: boolean,
  row: Parameters<typeof computeHistoryExpiry>[0],
  retentionSeconds: number,
): Record<string, AttributeValue> {
  return isHeld ? {} : { expiresAt: { N: String(computeHistoryExpiry(row, retentionSeconds)) } };
}

/**
 * Returns when DynamoDB may delete a row of the history.
 *
 * @param receivedAt an ISO 8601 instant
 * @returns seconds since 1970
 */
export function computeHistoryExpiry(
  { receivedAt, isQuarantined }: { readonly receivedAt: string; readonly isQuarantined: boolean },
  retentionSeconds: number,
): number {
  // The verification of a quarantined delivery may not exist. Then no expiry of its row deletes the delivery.
  const keptSeconds = isQuarantined ? retentionSeconds : retentionSeconds + longestCaseSeconds;
  return Math.floor(Date.parse(receivedAt) / 1000) + keptSeconds;
}

const Attributes = z.object({
  subject: z.object({ S: z.string() }),
  at: z.object({ S: z.string() }),
  decision: z.object({ S: z.string() }),
  reason: z.optional(z.object({ S: z.string() })),
  generation: z.optional(z.object({ S: z.string() })),
  sequence: z.optional(z.object({ N: z.string() })),
  content: z.object({ B: z.instanceof(Uint8Array) }),
});

const Content = z.object({ event: z.nullable(z.unknown()), delivery: z.nullable(Delivery) });

/**
 * Parses an item of the table `History`.
 *
 * @param item in the format of DynamoDB
 * @throws Error if the item does not have the format of this project
 */
export function parseHistoryItem(item: Readonly<Record<string, unknown>>): HistoryRow {
  const { subject, at, decision, reason, generation, sequence, content } = Attributes.parse(item);
  return HistoryRow.parse({
    subject: subject.S,
    at: at.S,
    decision: decision.S,
    reason: reason?.S ?? null,
    generation: generation?.S ?? null,
    sequence: sequence === undefined ? null : Number(sequence.N),
    ...Content.parse(decodeRowContent(content.B)),
  });
}
