import * as z from 'zod';
import { EvidenceJob } from '../contract/evidence-job.ts';
import { Delivery } from './delivery.ts';

/**
 * The messages that one write of a verification must send. The outbox is part of the verification's item, because
 * DynamoDB streams keep the order only per item. The next write replaces the outbox. Nothing is lost, because the
 * stream already contains a record with the replaced outbox.
 */
export const Outbox = z.object({
  /**
   * An id of the write. If the SDK sends the write twice, the store finds this id in the row and knows that the first
   * request succeeded.
   */
  writeId: z.string(),
  /** CloudEvents as JSON text. */
  events: z.array(z.string()),
  jobs: z.array(EvidenceJob),
  /** The accepted delivery, for the ledger; null if a job made the write. */
  delivery: Delivery.nullable(),
});
export type Outbox = z.infer<typeof Outbox>;
