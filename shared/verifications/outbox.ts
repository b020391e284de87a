import * as z from 'zod';
import { EvidenceJob } from '../contract/evidence-job.ts';
import { Delivery } from './delivery.ts';

/**
 * What one write of a verification must send: it lives in the very item that it tells of, because stream
 * records are ordered per item only. The next write replaces it; the stream has kept it by then.
 */
export const Outbox = z.object({
  /** One id a write, so that a retried request recognizes its own earlier success. */
  writeId: z.string(),
  /** CloudEvents, as the text that consumers get. */
  events: z.array(z.string()),
  jobs: z.array(EvidenceJob),
  /** The accepted delivery, for the ledger; null where the write came from a fetch. */
  delivery: Delivery.nullable(),
});
export type Outbox = z.infer<typeof Outbox>;
