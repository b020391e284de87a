import * as z from 'zod/mini';
import { EvidenceJob } from '../contract/evidence-job.ts';
import { Delivery } from './delivery.ts';

/**
 * The messages that one write of a verification must send. The outbox is part of the verification's item, because
 * DynamoDB streams keep the order of records only per item. The next write replaces the outbox in the item. No message
 * is lost, because the stream already contains a record with the earlier outbox.
 */
export const Outbox = z.object({
  /**
   * The unique id of the write. The SDK may send the same write twice, and DynamoDB refuses the second request. The
   * store then finds this id in the row, and knows that the first request succeeded.
   */
  writeId: z.string(),
  /** The CloudEvents of the write, as JSON text. */
  events: z.array(z.string()),
  jobs: z.array(EvidenceJob),
  /** The accepted delivery, for the ledger; null if a job made the write. */
  delivery: z.nullable(Delivery),
});
export type Outbox = z.infer<typeof Outbox>;
