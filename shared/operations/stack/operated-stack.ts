import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { CaseSecret, CaseStack } from '../../cases/case-stack.ts';
import type { ProviderName } from '../../contract/provider-name.ts';
import type { EnvironmentVariables } from '../../platform/environment.ts';
import type { SecretDescription } from '../../providers/provider-stage.ts';
import type { MetricsReader } from './metrics-reader.ts';
import type { RequestLog } from './request-log.ts';

/** The URLs of the queues of one provider's evidence jobs. */
export interface JobQueues {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** How the bucket of a stage locks each new object. */
export interface ExpectedLock {
  readonly mode: 'governance' | 'compliance';
  readonly days: number;
}

/** A deployed stack or a local stack, as an operator works on it: its resources, and clients with your credentials. */
export interface OperatedStack extends CaseStack {
  /** The name of the stage, such as `live`; `local` for the local stack. */
  readonly stageName: string;
  /** Who works on the stack, for the audit: an ARN of AWS, or the name of the user of this machine. */
  readonly operator: string;
  /** The stack's output `HistoryTableName`. */
  readonly historyTable: string;
  readonly eventsQueueUrl: string;
  readonly eventsDeadLetterQueueUrl: string;
  /** The job queues of each provider of the stage. */
  readonly evidenceJobs: Readonly<Record<ProviderName, JobQueues>>;
  /** How the bucket locks each new object; null if the stage locks none. */
  readonly evidenceLock: ExpectedLock | null;
  /** The environment variables of each provider's receiver, without the ids of secrets. */
  readonly receiverSettings: Readonly<Record<ProviderName, EnvironmentVariables>>;
  /** The environment variables of each provider's fetcher, without the ids of secrets. */
  readonly fetcherSettings: Readonly<Record<ProviderName, EnvironmentVariables>>;
  /** The setting `lookupsPerMinute` of each provider. */
  readonly lookupsPerMinute: Readonly<Record<ProviderName, number>>;
  /** What the two secrets of each provider contain. */
  readonly secretDescriptions: Readonly<
    Record<ProviderName, Readonly<Record<CaseSecret, SecretDescription>>>
  >;
  /** The setting `monitoring.silentAfterHours` of the stage. */
  readonly silentAfterHours: Readonly<Record<ProviderName, number>>;
  /** Where people read the runbook: the setting `monitoring.runbookUrl` of the stage; undefined without this setting. */
  readonly runbookUrl: string | undefined;
  /** The requests to the webhooks API. */
  readonly requests: RequestLog;
  /** The metrics that the functions write. */
  readonly metrics: MetricsReader;
  readonly aws: CaseStack['aws'] & {
    readonly sqs: SQSClient;
    /** Reads the streams of the tables. */
    readonly streams: DynamoDBStreamsClient;
  };
}

/** Closes the connections of the clients, so that the process can end. */
export function disconnect({
  aws,
  requests,
  metrics,
}: Pick<OperatedStack, 'aws' | 'requests' | 'metrics'>): void {
  for (const client of Object.values(aws)) client.destroy();
  requests.close();
  metrics.close();
}
