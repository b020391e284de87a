import type { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { createEncryptionKey } from './encryption-key.ts';
import { Network } from './network.ts';
import type { Stage } from './stage.ts';

/** What all other resources of the stack use: the key that encrypts them, the retention of logs, and the network
 * of the functions. */
export class Foundation extends Construct {
  /** The key of tables, queues, buckets, secrets, logs and topics. */
  readonly key: Key;
  /** The number of days that logs are kept. */
  readonly logDays: number;
  /** Null if Lambda runs the functions in its own network. */
  readonly network: Network | null;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.key = createEncryptionKey(this, stage);
    this.logDays = findLogDays(stage.retentionDays);
    this.network =
      stage.network === undefined
        ? null
        : new Network(this, 'Network', { ...stage.network, key: this.key, logDays: this.logDays });
  }
}

/** The retentions that CloudWatch Logs offers, in days, up to one year. */
const offeredLogDays = [365, 180, 150, 120, 90, 60, 30, 14, 7, 5, 3] as const;

/**
 * Returns how long logs are kept: one year, as AWS Control Tower requires, but not longer than a case. Logs name cases by
 * their ids.
 */
function findLogDays(retentionDays: number): number {
  return offeredLogDays.find((days) => days <= retentionDays) ?? 1;
}
