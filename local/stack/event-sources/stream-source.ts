import type { LogLineListener } from '../functions/log-lines.ts';
import type { StreamCheckpoints } from './checkpoints.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import type { DiscardedBatchSender } from './failure-destination.ts';
import type { InvocationCount } from './invocation-count.ts';

/** A table's stream, the function that receives its records, and the settings of the poller between them. */
export interface StreamPollerOptions {
  mapping: EventSourceMapping;
  endpoint: string;
  /**
   * The ARN of the stream in the DynamoDB emulator. The records that the function receives have the ARN from the
   * CloudFormation template instead.
   */
  streamArn: string;
  discard: DiscardedBatchSender;
  checkpoints: StreamCheckpoints;
  invocations: InvocationCount;
  signal: AbortSignal;
  log: LogLineListener;
}
