import type { Log } from '../functions/log-lines.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { FailureDestination } from './failure-destination.ts';

/** A table's stream on its way to a function. */
export interface StreamSource {
  mapping: EventSourceMapping;
  endpoint: string;
  /** The emulator's own ARN of the stream; the function sees the template's. */
  streamArn: string;
  discard: FailureDestination;
  checkpoints: Checkpoints;
  signal: AbortSignal;
  log: Log;
}
