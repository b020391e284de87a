import type { Log } from '../functions/log-lines.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { FailureDestination } from './failure-destination.ts';
import type { InvocationCount } from './invocation-count.ts';

/** A table's stream, the function that receives its records, and the settings of the poller between them. */
export interface StreamSource {
  mapping: EventSourceMapping;
  endpoint: string;
  /** The emulator's ARN of the stream. The function gets the ARN from the template. */
  streamArn: string;
  discard: FailureDestination;
  checkpoints: Checkpoints;
  invocations: InvocationCount;
  signal: AbortSignal;
  log: Log;
}
