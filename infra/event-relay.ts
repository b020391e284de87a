import { Duration, Stack } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { grantObjectActions } from './bucket-access.ts';
import type { EvidenceFetcher } from './evidence-fetching.ts';
import type { Foundation } from './foundation.ts';
import { NodeFunction } from './lambda-function.ts';
import { grantSending } from './queue-access.ts';
import type { EventQueues } from './queues.ts';
import type { Stage } from './stage.ts';
import type { TablesAndBucket } from './storage.ts';
import { grantTableActions } from './table-access.ts';
import { addVerificationStream } from './verification-stream.ts';

interface EventRelayProps {
  readonly stage: Stage;
  readonly foundation: Foundation;
  readonly storage: TablesAndBucket;
  readonly queues: EventQueues;
  /** The job queues and the fetcher of each provider in the stage. */
  readonly fetching: readonly EvidenceFetcher[];
}

/**
 * The relay. It sends the outbox of each write to the verifications table, and parks messages that can never be sent.
 */
export class EventRelay extends Construct {
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, props: EventRelayProps) {
    super(scope, id);
    const { stage, foundation, storage, queues, fetching } = props;
    const jobQueueUrls = Object.fromEntries(
      fetching.map(({ provider, queues: { jobs } }) => [provider, jobs.queueUrl]),
    );
    const relay = new NodeFunction(this, 'Function', {
      name: 'relay-events',
      foundation,
      description: 'Publishes the outbox of each write: events in order, evidence jobs, history rows',
      timeout: Duration.seconds(60),
      memorySize: 512,
      environment: {
        HISTORY_TABLE: storage.history.tableName,
        EVIDENCE_BUCKET: storage.evidence.bucketName,
        EVENTS_QUEUE_URL: queues.events.queueUrl,
        EVIDENCE_JOBS_QUEUE_URLS: Stack.of(this).toJsonString(jobQueueUrls),
        RETENTION_DAYS: String(stage.retentionDays),
      },
    });
    this.function = relay;
    addVerificationStream(relay, storage, {
      batchSize: 100,
      // Ignore the removals by TTL, because a removed item has nothing to send.
      filters: [FilterCriteria.filter({ eventName: FilterRule.or('INSERT', 'MODIFY') })],
    });
    grantSending(relay, queues.events);
    for (const each of fetching) grantSending(relay, each.queues.jobs);
    grantObjectActions(relay, storage.evidence, 'parked', ['s3:PutObject']);
    // `npm run republish` names objects of unconfirmed writes that the relay publishes.
    grantObjectActions(relay, storage.evidence, 'unconfirmed', ['s3:GetObject']);
    grantTableActions(relay, storage.history, ['dynamodb:PutItem']);
  }
}
