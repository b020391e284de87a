import * as z from 'zod/mini';
import { EvidenceJob } from '../contract/evidence-job.ts';
import { ChangedMember, EventType } from '../contract/verification-event.ts';
import { Delivery } from './delivery.ts';

/** The parts of an event that the state of the verification does not contain. `buildEvent` builds the event from both. */
export const EventOfWrite = z.object({
  type: EventType,
  /** The provider's time of the change, as an ISO 8601 instant; null if the provider gives no time. */
  occurredAt: z.nullable(z.string()),
  /** The id of the final event that this event replaces; null if this event is no revision. */
  supersedes: z.nullable(z.string()),
  changed: z.array(ChangedMember),
});
export type EventOfWrite = z.infer<typeof EventOfWrite>;

/**
 * What one write of a verification must send. The outbox is part of the verification's item, because DynamoDB streams
 * keep the order of records only per item. The next write replaces the outbox in the item, but the stream contains a
 * record with the earlier outbox. For the case that the stream is lost, the item carries earlier outboxes with an event
 * until they are confirmed (`unconfirmed-writes.ts`).
 */
export const Outbox = z.object({
  /** The event of the write; null if the write publishes no event. */
  event: z.nullable(EventOfWrite),
  jobs: z.array(EvidenceJob),
  /** The accepted delivery, for the history; null if a job made the write. */
  delivery: z.nullable(Delivery),
});
export type Outbox = z.infer<typeof Outbox>;
